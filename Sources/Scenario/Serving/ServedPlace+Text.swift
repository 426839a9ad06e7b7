internal import DeviceSpecs

/// What is wrong with the text of a place: what was expected, with the good words, and what was found.
public struct ServedPlaceMistake: Error, Hashable, Sendable {
    public var expected: String
    public var found: String
}

extension ServedPlace {
    /// The forms of a place's text, for messages.
    public static let forms =
        "tcp:HOST:PORT, rtu-over-tcp:HOST:PORT, pty, pty:LINK or rtu:DEVICE[,BAUD[,PARITY[,STOPBITS]]][,echo], each with "
        + ",pace=line if wanted"

    /// Reads `tcp:127.0.0.1:1502`, `rtu-over-tcp:1503,pace=line`, `pty:/tmp/shelf` or `rtu:/dev/ttyUSB0,19200,even`.
    ///
    /// A port alone means 127.0.0.1; an IPv6 address stands in brackets. Throws the first mistake.
    public init(parsing text: String) throws(ServedPlaceMistake) {
        var words = text.split(separator: ",", omittingEmptySubsequences: false)[...]
        let place = words.removeFirst()
        let medium = place.prefix { $0 != ":" }
        let hasRest = medium.count < place.count
        let rest = place.dropFirst(medium.count + 1)
        switch medium {
        case "tcp":
            let (host, port) = try Self.address(rest)
            self.init(endpoint: .tcp(host: host, port: port))
        case "rtu-over-tcp":
            let (host, port) = try Self.address(rest)
            self.init(endpoint: .rtuOverTCP(host: host, port: port))
        case "pty":
            if hasRest, rest.isEmpty {
                throw ServedPlaceMistake(
                    expected: "a path for the link behind \"pty:\", or \"pty\" alone", found: "none")
            }
            self.init(endpoint: .pseudoTerminal(link: hasRest ? String(rest) : nil))
        case "rtu":
            guard !rest.isEmpty else {
                throw ServedPlaceMistake(expected: "a serial device such as rtu:/dev/ttyUSB0", found: Self.shown(place))
            }
            self.init(endpoint: .serialDevice(path: String(rest)))
            try readLine(&words)
        default: throw ServedPlaceMistake(expected: "one of \(Self.forms)", found: Self.shown(place))
        }
        for word in words { try readOption(word) }
    }

    /// `BAUD`, `PARITY` and `STOPBITS`, as many as stand before the first `name=value`.
    private mutating func readLine(_ words: inout ArraySlice<Substring>) throws(ServedPlaceMistake) {
        guard let rate = Self.position(&words) else { return }
        guard let baud = Int(rate), SerialLineFormat.rates.contains(baud) else {
            let rates = SerialLineFormat.rates.map(String.init).joined(separator: ", ")
            throw ServedPlaceMistake(
                expected: "a baud rate that serial devices offer: \(rates)", found: Self.shown(rate))
        }
        self.baud = baud
        guard let word = Self.position(&words) else { return }
        guard let parity = Parity(rawValue: String(word)) else {
            let known = Parity.allCases.map(\.rawValue).joined(separator: ", ")
            throw ServedPlaceMistake(expected: "a parity: \(known)", found: Self.shown(word))
        }
        self.parity = parity
        guard let bits = Self.position(&words) else { return }
        guard bits == "1" || bits == "2" else {
            throw ServedPlaceMistake(expected: "1 or 2 stop bits", found: Self.shown(bits))
        }
        stopBits = bits == "1" ? 1 : 2
    }

    private static func position(_ words: inout ArraySlice<Substring>) -> Substring? {
        guard let word = words.first, !word.contains("="), word != echo else { return nil }
        return words.removeFirst()
    }

    private static let echo: Substring = "echo"

    private mutating func readOption(_ word: Substring) throws(ServedPlaceMistake) {
        if word == Self.echo, case .serialDevice = endpoint {
            echoes = true
            return
        }
        let paces = Pace.allCases.map { "pace=\($0.rawValue)" }.joined(separator: " or ")
        guard word.hasPrefix("pace=") else {
            throw ServedPlaceMistake(expected: "\(paces), or nothing, behind the comma", found: Self.shown(word))
        }
        guard let pace = Pace(rawValue: String(word.dropFirst(5))) else {
            throw ServedPlaceMistake(expected: paces, found: Self.shown(word))
        }
        self.pace = pace
    }

    /// `HOST:PORT`, `[IPV6]:PORT`, or `PORT` on the loopback.
    private static func address(_ text: Substring) throws(ServedPlaceMistake) -> (host: String, port: Int) {
        let colon = text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits), port <= 65_535
        else {
            throw ServedPlaceMistake(
                expected: "HOST:PORT, or PORT on 127.0.0.1, with a port from 0 to 65535", found: shown(text))
        }
        guard let colon else { return ("127.0.0.1", port) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw ServedPlaceMistake(expected: "an IPv6 address in brackets: [::1]:\(port)", found: shown(text))
        }
        guard !host.isEmpty else {
            throw ServedPlaceMistake(expected: "a host before the colon, or the port alone", found: shown(text))
        }
        // The resolver takes it for the loopback address, and whoever writes it means the opposite.
        guard host != "*" else {
            throw ServedPlaceMistake(expected: "0.0.0.0 or [::] for all addresses of this machine", found: shown(text))
        }
        return (String(host), port)
    }

    private static func shown(_ text: Substring) -> String { text.isEmpty ? "nothing" : "\"\(text)\"" }
}
