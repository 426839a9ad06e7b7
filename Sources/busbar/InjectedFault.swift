internal import ArgumentParser

/// A fault on a bus as options tell it, and as the event of a scenario.
struct InjectedFault: ParsableArguments {
    static let kinds = """
        no-reply, delay=TIME, byte-trickle=TIME, exception=NAME or CODE, wrong-transaction, wrong-unit, wrong-function, \
        truncation, truncation=OCTETS, extra-bytes=COUNT, bad-crc, fewer-registers=COUNT, disconnect
        """

    @Option(help: "The bus, by its name in the rack.")
    var bus: String?

    @Option(help: "A kind of fault, such as no-reply or delay=300ms.")
    var fault: String?

    @Option(help: "Only requests to these units: 18, 16-23 or 16,18.")
    var unit: String?

    @Option(help: "Only requests of these functions: 3 or 3,16.")
    var function: String?

    @Option(help: "Only requests that touch these registers: 0x40, 0-20.")
    var address: String?

    @Option(name: .customLong("for"), help: "End by itself after this time: 10s, 500ms; a bare number is seconds.")
    var length: String?

    @Option(help: "End by itself after so many hits.")
    var count: String?

    @Option(help: "Hit each request with this chance only: 30%.")
    var chance: String?

    var isAsked: Bool {
        [bus, fault, unit, function, address, length, count, chance].contains { $0 != nil }
    }

    /// The event in the words of a scenario.
    var event: String { "{\(entries.map(\.text).joined(separator: Self.separator))}" }

    /// A mistake that the server found in `event`, told of the option that was typed instead of a column of a text that
    /// nobody typed.
    func spoken(_ mistake: String) -> String {
        guard let match = mistake.prefixMatch(of: #/event:1:(\d+): /#), let column = Int(match.1) else {
            return mistake
        }
        // Columns count from 1, and the first is the brace.
        var end = 2
        for entry in entries {
            end += entry.text.count
            if column <= end {
                let words = mistake[match.range.upperBound...]
                return "--\(entry.option): "
                    + words.replacing(#/write fault: \{(\S+): (.+)\}/#) { found in
                        "write --fault \(found.1)=\(found.2.filter { $0 != " " })"
                    }
                    .replacing("write fault: ", with: "write --fault ")
            }
            end += Self.separator.count
        }
        return mistake
    }

    private static let separator = ", "

    private var entries: [(option: String, text: String)] {
        let all: [(String, String?)] = [
            ("bus", bus.map(Self.quoted)), ("unit", unit.map(Self.quoted)), ("function", function.map(Self.quoted)),
            ("address", address.map(Self.quoted)), ("fault", fault.map(Self.kind)), ("for", length.map(Self.time)),
            ("count", count.map(Self.quoted)), ("chance", chance.map(Self.quoted)),
        ]
        return all.compactMap { option, value in value.map { (option, "\(option): \($0)") } }
    }

    /// `delay=300ms` as the word with its amount.
    private static func kind(_ fault: String) -> String {
        let parts = fault.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? "{\(quoted(parts[0])): \(quoted(parts[1]))}" : quoted(fault)
    }

    /// A time of the command line, where a bare number is seconds.
    private static func time(_ text: String) -> String { quoted(Double(text) == nil ? text : "\(text) s") }

    /// A YAML scalar that holds any text.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.properties.generalCategory == .control: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
