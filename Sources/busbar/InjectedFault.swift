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

    @Option(name: .customLong("for"), help: "End by itself after this time: 10s, 500ms.")
    var length: String?

    @Option(help: "End by itself after so many hits.")
    var count: String?

    @Option(help: "Hit each request with this chance only: 30%.")
    var chance: String?

    var isAsked: Bool {
        [bus, fault, unit, function, address, length, count, chance].contains { $0 != nil }
    }

    /// The event in the words of a scenario.
    var event: String {
        var entries: [String] = []
        func add(_ key: String, _ value: String?) {
            if let value { entries.append("\(key): \(Self.quoted(value))") }
        }
        add("bus", bus)
        add("unit", unit)
        add("function", function)
        add("address", address)
        if let fault {
            let parts = fault.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let amount = parts.count == 2 ? "{\(Self.quoted(parts[0])): \(Self.quoted(parts[1]))}" : nil
            entries.append("fault: \(amount ?? Self.quoted(fault))")
        }
        add("for", length)
        add("count", count)
        add("chance", chance)
        return "{\(entries.joined(separator: ", "))}"
    }

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
