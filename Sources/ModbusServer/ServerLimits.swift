public import Units

/// What one client may take from the others.
public struct ServerLimits: Sendable {
    /// Connections at a time on one port; more are closed as soon as they come. Arbitrary: four times what a busy test
    /// bench opens.
    public var connections = 256
    /// A connection on which nothing came for so long is closed; zero never closes one. Arbitrary: longer than the
    /// pauses of masters that poll every three minutes, as Meta's rack monitor does.
    public var idleTimeout = Interval.seconds(600)
    /// Clients whose address lies in none of these are closed as they come; an empty list lets everybody in.
    public var allowed: [AddressRange] = []

    public init() {}
}

/// What the server saw while it ran.
public struct ServerStatistics: Hashable, Sendable {
    public internal(set) var accepted = 0
    /// Closed at once, because the port had all the connections that it may have.
    public internal(set) var refused = 0
    /// Closed at once, because the client's address is not allowed.
    public internal(set) var turnedAway = 0
    /// Closed because what came was no Modbus TCP.
    public internal(set) var violations = 0
    /// Closed because nothing came for too long.
    public internal(set) var idle = 0
    public internal(set) var requests = 0
    /// Connections that are open now, by binding; none are counted on pseudo-terminals.
    public internal(set) var clients: [Int] = []
    /// How far the rack's time is behind the wall clock, as last seen.
    public internal(set) var lag = Interval.zero
    /// The furthest that the rack's time fell behind the wall clock.
    public internal(set) var greatestLag = Interval.zero
}
