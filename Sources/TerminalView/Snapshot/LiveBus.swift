public import Units

/// A bus and what crossed it.
public struct LiveBus: Equatable, Sendable {
    public var name: String
    /// `rtu 115200 8E1`, `tcp`.
    public var kind = ""
    /// Where it is reached: `127.0.0.1:1502`, `/dev/ttyUSB0`.
    public var place: String?
    /// False while a port or device cannot be used.
    public var isUp: Bool?
    /// Share of the last seconds during which it was occupied.
    public var load: PerMille?
    public var requestsPerSecond: Double?
    /// Since the start: requests without an answer, answers that are exceptions, and answers that no one can read.
    public var timeouts: Int?
    public var exceptions: Int?
    public var badFrames: Int?
    /// Connections made anew since the start.
    public var reconnects: Int?
    /// Connections that are open now.
    public var clients: Int?

    public init(name: String) { self.name = name }
}
