internal import ArgumentParser
internal import ModbusMaster

/// Where one real device is asked: `tcp:HOST:PORT`, or `rtu:DEVICE,BAUD,PARITY`.
struct DevicePlace: ExpressibleByArgument {
    static let forms = "tcp:HOST:PORT, or rtu:DEVICE,BAUD,PARITY such as rtu:/dev/ttyUSB0,115200,even"

    var endpoint: MasterEndpoint

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "tcp": self.init(host: parts[1])
        case "rtu": self.init(line: parts[1])
        default: return nil
        }
    }

    private init?(host text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        endpoint = .tcp(host: String(host), port: port)
    }

    private init?(line text: String) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, !fields[0].isEmpty, let baud = Int(fields[1]),
            let parity = MasterEndpoint.Parity(rawValue: fields[2])
        else { return nil }
        // Two stop bits stand in for a parity bit that is not there (serial line guide V1.02, 2.5.1).
        endpoint = .rtu(device: fields[0], baud: baud, parity: parity, stopBits: parity == .none ? 2 : 1)
    }
}
