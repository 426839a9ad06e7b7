internal import ArgumentParser
internal import ModbusMaster

/// `tcp:HOST:PORT`, or `rtu:DEVICE,BAUD,PARITY[,STOPBITS][,echo]`.
struct EndpointText: ExpressibleByArgument {
    var endpoint: MasterEndpoint

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "tcp":
            guard let colon = parts[1].lastIndex(of: ":"), let port = Int(parts[1][parts[1].index(after: colon)...])
            else { return nil }
            let host = parts[1][..<colon].trimmingPrefix("[")
            endpoint = .tcp(host: String(host.hasSuffix("]") ? host.dropLast() : host), port: port)
        case "rtu":
            var fields = parts[1].split(separator: ",").map(String.init)
            let echoes = fields.last == "echo"
            if echoes { fields.removeLast() }
            guard (3...4).contains(fields.count), let baud = Int(fields[1]),
                let parity = MasterEndpoint.Parity(rawValue: fields[2])
            else { return nil }
            let stopBits = fields.count == 4 ? Int(fields[3]) : parity == .none ? 2 : 1
            guard let stopBits else { return nil }
            endpoint = .rtu(device: fields[0], baud: baud, parity: parity, stopBits: stopBits, echoes: echoes)
        default: return nil
        }
    }
}
