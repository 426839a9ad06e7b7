/// The kinds of quantity that a file may state, each with the units it may be written in.
public enum Dimension: String, CaseIterable, Sendable {
    case power, energy, voltage, current, temperature, rotationalSpeed, ratio, time, frequency, pressure, flow,
        count

    /// Units with the number of base units in one of them, as a fraction. The base unit is that of `Units` (milliwatts,
    /// millijoules, millivolts, milliamperes, thousandths of a degree, rpm, per mille, nanoseconds), millihertz for a
    /// frequency, pascals for a pressure, and millilitres per minute for a flow.
    public var units: [(name: String, numerator: Int64, denominator: Int64)] {
        switch self {
        case .power: [("W", 1_000, 1), ("kW", 1_000_000, 1), ("MW", 1_000_000_000, 1), ("mW", 1, 1), ("uW", 1, 1_000)]
        case .energy:
            [("J", 1_000, 1), ("kJ", 1_000_000, 1), ("mJ", 1, 1), ("Wh", 3_600_000, 1), ("kWh", 3_600_000_000, 1)]
        case .voltage: [("V", 1_000, 1), ("mV", 1, 1), ("uV", 1, 1_000), ("kV", 1_000_000, 1)]
        case .current: [("A", 1_000, 1), ("mA", 1, 1), ("uA", 1, 1_000), ("kA", 1_000_000, 1)]
        case .temperature: [("degC", 1_000, 1), ("°C", 1_000, 1), ("K", 1_000, 1), ("mK", 1, 1)]
        case .rotationalSpeed: [("rpm", 1, 1)]
        case .ratio: [("%", 10, 1), ("‰", 1, 1), ("ppm", 1, 1_000)]
        case .time:
            [
                ("s", 1_000_000_000, 1), ("ms", 1_000_000, 1), ("us", 1_000, 1), ("µs", 1_000, 1), ("ns", 1, 1),
                ("min", 60_000_000_000, 1), ("h", 3_600_000_000_000, 1),
            ]
        case .frequency: [("Hz", 1_000, 1), ("kHz", 1_000_000, 1), ("mHz", 1, 1)]
        case .pressure: [("Pa", 1, 1), ("kPa", 1_000, 1), ("bar", 100_000, 1), ("mbar", 100, 1)]
        case .flow: [("L/min", 1_000, 1), ("mL/min", 1, 1), ("l/min", 1_000, 1), ("m3/h", 50_000, 3)]
        case .count: [("", 1, 1)]
        }
    }

    /// A correct literal, for error messages.
    public var example: String {
        switch self {
        case .power: "5.5 kW"
        case .energy: "110 J"
        case .voltage: "48 V"
        case .current: "63 A"
        case .temperature: "27 degC"
        case .rotationalSpeed: "5850 rpm"
        case .ratio: "30 %"
        case .time: "100 ms"
        case .frequency: "50 Hz"
        case .pressure: "100 kPa"
        case .flow: "60 L/min"
        case .count: "8"
        }
    }

    /// As messages name it: "a rotational speed".
    public var title: String { self == .rotationalSpeed ? "rotational speed" : rawValue }

    /// The kind of quantity that a unit measures; no unit at all is a count.
    public init?(unit name: String) {
        guard let match = Self.allCases.first(where: { $0.units.contains { $0.name == name } }) else { return nil }
        self = match
    }
}
