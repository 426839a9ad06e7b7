/// Where a channel of the controller meets its devices.
public enum MasterEndpoint: Hashable, Sendable {
    public enum Parity: String, Hashable, Sendable { case none, even, odd }

    /// Modbus TCP: a device's own port, or a gateway.
    case tcp(host: String, port: Int)
    /// A serial device. Stop bits follow parity: one with a parity bit, two without (serial line guide V1.02, 2.5.1),
    /// unless said otherwise. `echoes`: the adapter hears what it sends itself.
    case rtu(device: String, baud: Int, parity: Parity, stopBits: Int, echoes: Bool = false)
}

extension MasterEndpoint: CustomStringConvertible {
    /// As it stands in messages: `127.0.0.1:502`, `[::1]:502`, a serial device's path.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .rtu(let device, _, _, _, _): device
        }
    }

    public var isSerial: Bool { if case .rtu = self { true } else { false } }
}
