public import Scenario

/// A bus of the rack and the place where clients meet it.
public struct BusBinding: Hashable, Sendable {
    public typealias Endpoint = ServedPlace.Endpoint
    public typealias Pace = ServedPlace.Pace

    /// The bus's name in the rack.
    public var name: String
    /// Its index in the rack.
    public var bus: Int
    public var endpoint: Endpoint
    public var pace: Pace
    /// The line settings of a serial device; without meaning elsewhere.
    public var format: SerialLineFormat
    /// Whether the adapter of a serial device hears what it sends itself.
    public var echoes: Bool

    public init(
        name: String, bus: Int, endpoint: Endpoint, pace: Pace = .unlimited,
        format: SerialLineFormat = .standard, echoes: Bool = false
    ) {
        self.name = name
        self.bus = bus
        self.endpoint = endpoint
        self.pace = pace
        self.format = format
        self.echoes = echoes
    }
}

extension ServedPlace.Endpoint {
    /// Whether clients come by connections that can be closed.
    var hasConnections: Bool {
        switch self {
        case .tcp, .rtuOverTCP: true
        case .pseudoTerminal, .serialDevice: false
        }
    }
}

/// A binding that clients can now use.
public struct ReadyBus: Hashable, Sendable {
    public var name: String
    /// `127.0.0.1:1502`, `[::1]:1502`, or the path of a pseudo-terminal or serial device.
    public var place: String
    /// Whether machines other than this one may reach it.
    public var isOpenToOthers = false
}
