public import Units

/// Board facts of a shelf's gateway.
public struct ShelfGatewayConfiguration: Sendable {
    /// Slots of its shelf, 1...6.
    public var moduleCount: UInt8 = 6
    /// Every module is asked once in this time, one after the other. 1 s: arbitrary.
    public var pollPeriod: Interval = .seconds(1)
    /// So many polls without an answer and a module counts as absent. 3: arbitrary; a lost frame or two
    /// is no absence.
    public var missedPolls: Int64 = 3
    /// 400 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(400)
    /// Where the shelf stands.
    public var position: UInt8 = 0

    public init() {}

    /// From one module to the next.
    var turn: Interval { pollPeriod / Int64(max(1, moduleCount)) }
}
