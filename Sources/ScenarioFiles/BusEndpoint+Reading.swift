import DeviceSpecs
import Scenario
import YAMLReading

/// Reading `at`: where a bus or a device is met outside the simulation.
extension BusEndpoint {
    /// The port that is registered for Modbus TCP.
    private static let standardPort = 502

    /// `tcp:HOST:PORT`, or `rtu:DEVICE[,BAUD,PARITY,STOPBITS][,echo]` for a serial line, whose settings are the bus's own where
    /// they are left out; `nil` with the mistake logged.
    static func read(_ place: YAMLValue, medium: BusDefinition.Medium) -> BusEndpoint? {
        let forms = "a place such as tcp:10.0.0.7:502 or rtu:/dev/ttyUSB0"
        guard let text = place.string(forms) else { return nil }
        if text.hasPrefix("tcp:") {
            if let endpoint = address(text.dropFirst(4)) { return endpoint }
            place.expected("tcp:HOST:PORT with a port from 1 to 65535")
            return nil
        }
        guard text.hasPrefix("rtu:") else {
            place.expected(forms)
            return nil
        }
        guard case .rtu(let baud, let parity) = medium else {
            place.problem(
                "expected tcp:HOST:PORT, found \"\(text)\": the bus has a connection per device, and a serial line one "
                    + "talker; say rtu: {baud: 115200, parity: even} for the bus if it is a serial line")
            return nil
        }
        if let line = serialLine(text.dropFirst(4), baud: baud, parity: parity) { return line }
        place.expected(
            "rtu:DEVICE[,BAUD,PARITY,STOPBITS][,echo] such as \"rtu:/dev/ttyUSB0,115200,even,1\" (parity: none, even, odd; "
                + "echo: the adapter hears itself)")
        return nil
    }

    /// `HOST:PORT`, `[IPV6]:PORT`, or a host alone at the standard port.
    static func address(_ text: Substring) -> BusEndpoint? {
        guard !text.isEmpty, !text.contains(where: { $0.isWhitespace || ",{}/".contains($0) }) else { return nil }
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard !host.isEmpty, let port = rest.isEmpty ? standardPort : port(rest) else { return nil }
            return .tcp(host: String(host), port: port)
        }
        guard let colon = text.firstIndex(of: ":") else { return .tcp(host: String(text), port: standardPort) }
        guard colon != text.startIndex, let port = port(text[colon...]) else { return nil }
        return .tcp(host: String(text[..<colon]), port: port)
    }

    /// `:502`
    private static func port(_ text: Substring) -> Int? {
        guard text.first == ":", text.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber }),
            let port = Int(text.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        return port
    }

    private static func serialLine(_ text: Substring, baud: Int, parity: Parity) -> BusEndpoint? {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)
            .map { String($0.filter { !$0.isWhitespace }) }
        let echoes = parts.count > 1 && parts.last == "echo"
        if echoes { parts.removeLast() }
        guard (1...4).contains(parts.count), !parts[0].isEmpty else { return nil }
        guard let baud = parts.count > 1 ? Int(parts[1]) : baud, SerialSettings.rates.contains(baud),
            let parity = parts.count > 2 ? Parity(rawValue: parts[2]) : parity,
            let stopBits = parts.count > 3 ? Int(parts[3]) : (parity == .none ? 2 : 1), (1...2).contains(stopBits)
        else { return nil }
        return .serial(path: parts[0], baud: baud, parity: parity, stopBits: stopBits, echoes: echoes)
    }
}

/// `at` of a group of devices: one address for each, as a list or as a pattern in which `{n}` stands for the number of
/// the tray or shelf in its group and `{m}` for that of the device in it, both from 1; `{n+20}` adds to it.
struct DeviceAddresses {
    let place: YAMLValue
    private let patterns: [String]
    private let isList: Bool

    init(_ place: YAMLValue) {
        self.place = place
        isList = place.isSequence
        let places = isList ? place.list() ?? [] : [place]
        patterns = places.compactMap { item in
            guard let text = item.string("an address such as 10.0.0.7:502") else { return nil }
            let pattern = text.hasPrefix("tcp:") ? String(text.dropFirst(4)) : text
            if Self.endpoint(pattern, group: 0, member: 0) == nil {
                item.expected("HOST:PORT such as 10.0.0.7:502 or \"10.0.0.{n}:502\" (also {n+20}, and {m} in a shelf)")
            }
            return pattern
        }
    }

    /// The place of a device; `nil` where its pattern is mistaken, or the list too short.
    func endpoint(group: Int, member: Int, membersEach: Int) -> BusEndpoint? {
        let index = isList ? group * membersEach + member : 0
        return patterns.indices.contains(index)
            ? Self.endpoint(patterns[index], group: group, member: member) : nil
    }

    /// Whether a device has an entry, however mistaken.
    func has(group: Int, member: Int, membersEach: Int) -> Bool {
        !isList || group * membersEach + member < patterns.count
    }

    private static func endpoint(_ pattern: String, group: Int, member: Int) -> BusEndpoint? {
        var text = ""
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let field = rest[rest.index(after: open)..<close]
            let number = field.first == "n" ? group : field.first == "m" ? member : nil
            let sum = field.dropFirst()
            guard let number, let more = sum.isEmpty ? 0 : sum.first == "+" ? Int(sum.dropFirst()) : nil,
                (0...65_535).contains(more)
            else { return nil }
            text += rest[..<open] + "\(number + 1 + more)"
            rest = rest[rest.index(after: close)...]
        }
        return BusEndpoint.address((text + rest)[...])
    }
}
