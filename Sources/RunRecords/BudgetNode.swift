/// One place of the budget tree: what it may carry, what it carried at the worst, and for how long more may flow.
///
/// The tree is a list in pre-order with depths. Power comes from the feeds down to the busbar and goes on to the trays, so
/// `rack` stands beside the feeds and not under one of them: all shelves share its load.
public struct BudgetNode: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case feed, ups, breaker, shelf, backup, rack, tray, accelerator
    }

    public var path: String
    public var kind: Kind
    /// 0 for the feeds and the rack.
    public var depth: Int
    /// What may flow for ever, W.
    public var limit: Double
    /// The most that flowed, W; for the rack, at the instant of the least margin.
    public var load: Double
    /// How long how much more may flow, or what acts; in words.
    public var timing: String

    public init(path: String, kind: Kind, depth: Int, limit: Double, load: Double, timing: String) {
        self.path = path
        self.kind = kind
        self.depth = depth
        self.limit = limit
        self.load = load
        self.timing = timing
    }

    /// W; below zero where more flowed than may for ever.
    public var margin: Double { limit - load }
}
