/// A bus of the rack and the place where clients meet it.
public struct BusBinding: Hashable, Sendable {
    public enum Endpoint: Hashable, Sendable {
        /// Modbus TCP; the port is a gateway in front of all units of the bus.
        case tcp(host: String, port: Int)
        /// RTU frames on a TCP connection, as terminal servers carry them.
        case rtuOverTCP(host: String, port: Int)
        /// A pseudo-terminal of its own, and a symbolic link to it if a path is given.
        case pseudoTerminal(link: String?)
    }

    /// How fast octets come out of a place that has no line of its own.
    public enum Pace: Hashable, Sendable {
        /// An answer in one piece after the device's turnaround.
        case unlimited
        /// Request and answer take as long as on the bus's serial line at its baud rate.
        case line
    }

    /// The bus's name in the rack.
    public var name: String
    /// Its index in the rack.
    public var bus: Int
    public var endpoint: Endpoint
    public var pace: Pace

    public init(name: String, bus: Int, endpoint: Endpoint, pace: Pace = .unlimited) {
        self.name = name
        self.bus = bus
        self.endpoint = endpoint
        self.pace = pace
    }
}

/// A binding that clients can now use.
public struct ReadyBus: Hashable, Sendable {
    public var name: String
    /// `127.0.0.1:1502`, `[::1]:1502`, or the path of a pseudo-terminal.
    public var place: String
}
