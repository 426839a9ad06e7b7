public import Units

/// Many accelerators in several cabinets that work as one: what is told of the whole, and the rack that is one of its compute
/// cabinets here.
public struct Supernode: Sendable {
    /// Something that is told of the whole.
    public struct Fact: Sendable {
        /// `compute cabinets`.
        public var title: String
        /// As the file writes it; empty where nothing is published.
        public var value: String
        /// `verified`, `secondary`, `derived`, `typical` or `not-published`.
        public var mark: String
        public var source: String

        public init(title: String, value: String, mark: String, source: String) {
            self.title = title
            self.value = value
            self.mark = mark
            self.source = source
        }
    }

    public var name: String
    public var says: String
    public var facts: [Fact]
    /// One compute cabinet.
    public var rack: RackDefinition
    public var acceleratorCount: Int
    /// As published, or as many as it takes of the rack.
    public var cabinetCount: Int
    /// What one cabinet's trays draw at most and at their floors.
    public var cabinetCeiling: Power
    public var cabinetFloor: Power
    /// Of the whole with everything in it; `nil` where none is published.
    public var power: Power?

    public init(
        name: String, says: String, facts: [Fact], rack: RackDefinition, acceleratorCount: Int, cabinetCount: Int,
        cabinetCeiling: Power, cabinetFloor: Power, power: Power?
    ) {
        self.name = name
        self.says = says
        self.facts = facts
        self.rack = rack
        self.acceleratorCount = acceleratorCount
        self.cabinetCount = cabinetCount
        self.cabinetCeiling = cabinetCeiling
        self.cabinetFloor = cabinetFloor
        self.power = power
    }
}
