internal import ArgumentParser
internal import Units
internal import YAMLReading

/// `27.5kW`, `27.5 kW`, `900 W`.
struct PowerOption: ExpressibleByArgument {
    var power: Power

    init?(argument: String) {
        guard let power = Self.power(argument) else { return nil }
        self.power = power
    }

    /// The same for an option, which says what it wants.
    static func parsed(_ argument: String) throws -> PowerOption {
        if let option = PowerOption(argument: argument) { return option }
        let isBare = ExactQuantity.split(argument).unit.isEmpty && Double(argument) != nil
        throw ValidationError(
            "expected a power above zero, at most 1 GW, with its unit, such as 27.5kW or 900W; found "
                + (isBare ? "no unit" : "\"\(argument)\""))
    }

    /// A power above zero; `nil` when the text is anything else.
    static func power(_ text: String) -> Power? {
        guard let exact = ExactQuantity.parse(text, as: .power), exact.wholeBaseUnits > 0,
            // A gigawatt: beyond any rack, and far from where sums overflow.
            exact.wholeBaseUnits <= 1_000_000_000_000
        else { return nil }
        return .milliwatts(exact.wholeBaseUnits)
    }
}

/// `100ms`, `30 s`, `5min`; a bare number means seconds.
struct IntervalOption: ExpressibleByArgument, CustomStringConvertible {
    var interval: Interval

    init(_ interval: Interval) { self.interval = interval }

    init?(argument: String) {
        let isBare = ExactQuantity.split(argument).unit.isEmpty
        guard let exact = ExactQuantity.parse(isBare ? argument + " s" : argument, as: .time), exact.wholeBaseUnits > 0
        else { return nil }
        interval = .nanoseconds(exact.wholeBaseUnits)
    }

    /// The same for an option, which says what it wants.
    static func parsed(_ argument: String) throws -> IntervalOption {
        if let option = IntervalOption(argument: argument) { return option }
        throw ValidationError(
            "expected a time above zero, such as 70s, 500ms or 5min; a bare number is seconds; found \"\(argument)\"")
    }

    /// Without a space, as it can be typed: `100ms`, `2s`, `250us`.
    var text: String {
        let units: [(size: Int64, name: String)] = [
            (1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us"), (1, "ns"),
        ]
        let unit = units.first { interval.rawValue % $0.size == 0 } ?? (1, "ns")
        return "\(interval.rawValue / unit.size)\(unit.name)"
    }

    var description: String { text }
    var defaultValueDescription: String { text }
}
