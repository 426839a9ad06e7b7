internal import ArgumentParser
internal import ModbusServer

/// `NAME=tcp:HOST:PORT` and its kin, as `--bus` takes them.
struct BusOption: ExpressibleByArgument {
    var name: String
    var endpoint: BusBinding.Endpoint
    /// As it was typed, for the line that repeats a run.
    var text: String

    /// Also the remedy when one is malformed.
    static let forms =
        "NAME=tcp:HOST:PORT, NAME=rtu-over-tcp:HOST:PORT, NAME=pty or NAME=pty:LINK (PORT alone means 127.0.0.1:PORT)"

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        text = argument
        name = String(argument[..<sign])
        let place = argument[argument.index(after: sign)...]
        let medium = place.prefix { $0 != ":" }
        let rest = place.dropFirst(medium.count + 1)
        switch medium {
        case "tcp":
            guard let (host, port) = Self.address(rest) else { return nil }
            endpoint = .tcp(host: host, port: port)
        case "rtu-over-tcp":
            guard let (host, port) = Self.address(rest) else { return nil }
            endpoint = .rtuOverTCP(host: host, port: port)
        case "pty":
            if place.hasPrefix("pty:"), rest.isEmpty { return nil }
            endpoint = .pseudoTerminal(link: rest.isEmpty ? nil : String(rest))
        default: return nil
        }
    }

    /// `HOST:PORT`, `[IPV6]:PORT`, or `PORT` on the loopback.
    private static func address(_ text: Substring) -> (host: String, port: Int)? {
        let colon = text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text
        guard let port = Int(digits), (0...65_535).contains(port), digits.allSatisfy(\.isNumber) else { return nil }
        guard let colon else { return ("127.0.0.1", port) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        return (String(host), port)
    }
}
