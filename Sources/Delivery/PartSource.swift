/// Who delivers a part, what, and how.
public struct PartSource: Sendable {
    /// Deliveries of one order: so much at a time, so many days apart.
    public struct Lots: Hashable, Sendable {
        public var size: Int
        public var every: Int

        public init(size: Int, every: Int) {
            self.size = size
            self.every = every
        }
    }

    public enum Qualification: Hashable, Sendable {
        case qualified
        /// Not before it has been tested and approved, which begins on the day of the order.
        case open(takes: LeadTime)
    }

    public var supplier: String
    /// What it delivers: the part itself, or what stands in for it.
    public var item: String
    public var leadTime: LeadTime
    public var provenance: Provenance
    /// At hand on the day of the order.
    public var stock: Int
    /// Fewer are not sold.
    public var minimumOrder: Int
    /// `nil` when all of an order comes at once.
    public var lots: Lots?
    public var qualification: Qualification

    public init(
        supplier: String, item: String, leadTime: LeadTime, provenance: Provenance, stock: Int = 0,
        minimumOrder: Int = 1, lots: Lots? = nil, qualification: Qualification = .qualified
    ) {
        self.supplier = supplier
        self.item = item
        self.leadTime = leadTime
        self.provenance = provenance
        self.stock = stock
        self.minimumOrder = minimumOrder
        self.lots = lots
        self.qualification = qualification
    }

    public var isQualified: Bool { qualification == .qualified }

    /// Units that have to be ordered to get `wanted` of them, beside the stock.
    public func order(toGet wanted: Int) -> Int {
        wanted > stock ? max(wanted - stock, minimumOrder) : 0
    }
}
