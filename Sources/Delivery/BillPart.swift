/// A control component of a rack: a device of it, or what such a device is made of.
public struct BillPart: Sendable {
    /// A part that is put together from others, by whoever builds the rack.
    public struct Assembly: Sendable {
        /// From the last component's arrival to the finished part.
        public var days: Int
        /// Indices in `BillOfParts.parts`, and how many of each one part takes.
        public var components: [(part: Int, count: Int)]

        public init(days: Int, components: [(part: Int, count: Int)]) {
            self.days = days
            self.components = components
        }
    }

    public var name: String
    public var says: String
    /// What a rack needs by itself; of a component, what the parts of the rack that are made of it need together.
    public var countPerRack: Int
    /// Whether it goes into other parts, in contrast to standing in the rack as it is.
    public var isComponent: Bool
    /// `nil` when the part is bought as it is.
    public var assembly: Assembly?
    /// The first is the part's first source unless it is assembled; all others are second sources.
    public var sources: [PartSource]

    public init(
        name: String, says: String = "", countPerRack: Int, isComponent: Bool = false, assembly: Assembly? = nil,
        sources: [PartSource]
    ) {
        self.name = name
        self.says = says
        self.countPerRack = countPerRack
        self.isComponent = isComponent
        self.assembly = assembly
        self.sources = sources
    }

    /// The sources that stand in for the first one.
    public var secondSources: Range<Int> { (assembly == nil ? min(1, sources.count) : 0)..<sources.count }
}
