public import DeviceSpecs

/// A place where clients from outside meet a bus, as the command line and a scenario's `serve` section name it.
public struct ServedPlace: Hashable, Sendable {
    public enum Endpoint: Hashable, Sendable {
        /// Modbus TCP; the port is a gateway in front of all units of the bus.
        case tcp(host: String, port: Int)
        /// RTU frames on a TCP connection, as terminal servers carry them.
        case rtuOverTCP(host: String, port: Int)
        /// A pseudo-terminal of its own, and a symbolic link to it if a path is given.
        case pseudoTerminal(link: String?)
        /// A serial device that is there, such as `/dev/ttyUSB0`.
        case serialDevice(path: String)
    }

    /// How fast octets come out of a place that has no line of its own.
    public enum Pace: String, CaseIterable, Hashable, Sendable {
        /// An answer in one piece after the device's turnaround.
        case unlimited
        /// Request and answer take as long as on the bus's serial line at its baud rate.
        case line
    }

    public var endpoint: Endpoint
    public var pace: Pace
    /// What was said about the line of a serial device; what was not comes from the bus in the rack.
    public var baud: Int?
    public var parity: Parity?
    public var stopBits: Int?
    /// Whether the adapter of a serial device hears what it sends itself.
    public var echoes = false

    public init(endpoint: Endpoint, pace: Pace = .unlimited) {
        self.endpoint = endpoint
        self.pace = pace
    }
}

/// A bus of the rack and a place where it is served.
public struct ServedBus: Hashable, Sendable {
    /// Index in `RackDefinition.buses`.
    public var bus: Int
    public var place: ServedPlace

    public init(bus: Int, place: ServedPlace) {
        self.bus = bus
        self.place = place
    }
}

extension ServedPlace {
    /// The line settings of a serial device on this bus; `nil` where neither the place nor the bus has any.
    public func format(on bus: BusDefinition) -> SerialLineFormat? {
        switch bus.medium {
        case .rtu(let rate, let parity):
            return SerialLineFormat(baud: baud ?? rate, parity: self.parity ?? parity, stopBits: stopBits)
        case .tcp:
            // Even parity where only the rate is given: the specification's default (V1.02, section 2.5.1).
            return baud.map { SerialLineFormat(baud: $0, parity: parity ?? .even, stopBits: stopBits) }
        }
    }

    /// Whether both cannot be had at once, because they are the same port, link or device.
    public func excludes(_ other: ServedPlace) -> Bool {
        switch (endpoint, other.endpoint) {
        case (.tcp(let host, let port), .tcp(let second, let number)),
            (.tcp(let host, let port), .rtuOverTCP(let second, let number)),
            (.rtuOverTCP(let host, let port), .tcp(let second, let number)),
            (.rtuOverTCP(let host, let port), .rtuOverTCP(let second, let number)):
            port != 0 && port == number && host == second
        case (.pseudoTerminal(let link), .pseudoTerminal(let second)): link != nil && link == second
        case (.serialDevice(let path), .serialDevice(let second)): path == second
        default: false
        }
    }

    /// Why this place does not suit the bus, with the remedy; `nil` where it does.
    public func mistake(on bus: BusDefinition) -> String? {
        if pace == .line, case .tcp = bus.medium {
            return "the bus \"\(bus.name)\" is tcp in the rack and has no line whose pace could be kept; leave "
                + "\"pace=line\" out"
        }
        guard case .serialDevice(let path) = endpoint else { return nil }
        guard let format = format(on: bus) else {
            return "the bus \"\(bus.name)\" is tcp in the rack and has no line settings; give them: "
                + "rtu:\(path),115200,even"
        }
        guard SerialLineFormat.rates.contains(format.baud) else {
            return
                "the bus \"\(bus.name)\" has \(format.baud) baud in the rack, which serial devices do not offer; give "
                + "one of \(SerialLineFormat.rates.map(String.init).joined(separator: ", ")): rtu:\(path),115200"
        }
        return nil
    }
}
