internal import Scenario
internal import Simulation
internal import Units

/// The words of the control socket (docs/faults.md): one line asks, and lines answer of which the last begins with `ok` or
/// `error` and the others with a hyphen.
final class ControlSession {
    /// At a time in force. Arbitrary: more than a person has in mind, and it bounds what a script that runs wild costs
    /// the rack.
    static let mostInForce = 1000

    private let pump: RackPump
    private let read: (String) -> ControlPlace.Reading

    init(_ pump: RackPump, read: @escaping (String) -> ControlPlace.Reading) {
        self.pump = pump
        self.read = read
    }

    /// The answer's lines, without their ends.
    func answer(to line: String) -> [String] {
        pump.catchUp()
        let words = line.trimmed
        let verb = words.prefix { $0 != " " }
        let rest = String(words.dropFirst(verb.count)).trimmed
        let lines =
            switch verb {
            case "inject": inject(String(rest))
            case "list": rest.isEmpty ? list() : [Self.unknown(words)]
            case "end": end(rest)
            default: [Self.unknown(words)]
            }
        return lines.map(\.onOneLine)
    }

    private func inject(_ text: String) -> [String] {
        guard !text.isEmpty else { return ["error expected an event such as {fail: shelf-1/psu-3} behind inject"] }
        switch read(text) {
        case .refused(let mistakes):
            let count = "\(mistakes.count) mistake\(mistakes.count == 1 ? "" : "s")"
            return mistakes.map { "- \($0)" } + ["error \(count); nothing was injected"]
        case .events(let events):
            guard pump.simulation.liveEvents().count < Self.mostInForce else {
                return ["error \(Self.mostInForce) live events are in force; end some of them first (end ID, end all)"]
            }
            return ["ok \(pump.simulation.inject(events))"]
        }
    }

    private func list() -> [String] {
        let events = pump.simulation.liveEvents()
        return events.map { event in
            let end = event.until.map { " until=\(Self.seconds($0))" } ?? ""
            let most = event.count.map { "/\($0)" } ?? ""
            let hits = event.hits.map { " hits=\($0)\(most)" } ?? ""
            let chance = event.chance.flatMap { $0 == .whole ? nil : " chance=\(Self.percent($0))" } ?? ""
            return "- \(event.number) since=\(Self.seconds(event.since))\(end)\(hits)\(chance) \(event.text)"
        } + ["ok \(events.count)"]
    }

    private func end(_ words: Substring) -> [String] {
        if words == "all" {
            let events = pump.simulation.liveEvents()
            return ["ok \(events.count { pump.simulation.endInjection($0.number) })"]
        }
        guard let number = Int(words), pump.simulation.endInjection(number) else {
            return ["error no live event \"\(words)\" is in force; ask for the list of those that are"]
        }
        return ["ok 1"]
    }

    private static func unknown(_ words: Substring) -> String {
        "error expected \"inject EVENT\", \"list\", \"end ID\" or \"end all\", found \"\(words.prefix(80))\""
    }

    private static func percent(_ share: PerMille) -> String {
        let (whole, tenths) = share.rawValue.quotientAndRemainder(dividingBy: 10)
        return tenths == 0 ? "\(whole)%" : "\(whole).\(tenths)%"
    }

    /// To the millisecond, of the rack's time.
    private static func seconds(_ instant: Instant) -> String {
        let digits = String(instant.milliseconds % 1000)
        return "\(instant.milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits + "s"
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without white space at both ends.
    fileprivate var trimmed: Substring {
        let front = drop { $0.isWhitespace }
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return front[...last]
    }
}

extension String {
    /// Nothing that a client sent may look like an end of line.
    fileprivate var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
