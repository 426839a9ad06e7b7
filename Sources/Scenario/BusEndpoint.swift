public import DeviceSpecs

/// Where a bus or a device is met outside the simulation, which takes no notice of it.
public enum BusEndpoint: Hashable, Sendable {
    /// Modbus TCP: a device's own port, or a gateway in front of several units.
    case tcp(host: String, port: Int)
    /// A serial device. `stopBits` is 1 or 2; `echoes` says that its adapter hears what it sends itself.
    case serial(path: String, baud: Int, parity: Parity, stopBits: Int, echoes: Bool = false)

    /// As a rack file writes it.
    public var text: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
        case .serial(let path, let baud, let parity, let stopBits, let echoes):
            "rtu:\(path),\(baud),\(parity.rawValue),\(stopBits)\(echoes ? ",echo" : "")"
        }
    }
}
