import Units
import YAMLReading

/// Quantities as the plant wants them, in SI units, with their range checked where they stand.
extension YAMLValue {
    func physical(_ dimension: Dimension, in range: ClosedRange<Double>) -> Double? {
        guard let exact = quantity(dimension) else { return nil }
        let amount = exact.baseUnits / dimension.baseUnitsInOne
        guard range.contains(amount) else {
            let unit = dimension.plainUnit
            expected(
                "a \(dimension.title) from \(Self.text(range.lowerBound)) \(unit) to \(Self.text(range.upperBound)) \(unit)"
            )
            return nil
        }
        return amount
    }

    func watts(in range: ClosedRange<Double> = 0...10_000_000) -> Double? { physical(.power, in: range) }
    func seconds(in range: ClosedRange<Double> = 0...1_000_000) -> Double? { physical(.time, in: range) }
    func degrees(in range: ClosedRange<Double> = -60...200) -> Double? { physical(.temperature, in: range) }
    /// "30 %" as 0.3.
    func share(in range: ClosedRange<Double> = 0...1) -> Double? {
        physical(.ratio, in: (range.lowerBound * 100)...(range.upperBound * 100)).map { $0 / 100 }
    }

    func interval(from least: Interval = .zero, to greatest: Interval = .seconds(31_536_000)) -> Interval? {
        guard let amount = physical(.time, in: least.inSeconds...greatest.inSeconds) else { return nil }
        return Interval(rawValue: Int64((amount * 1e9).rounded()))
    }

    func power(in range: ClosedRange<Double> = 0...10_000_000) -> Power? {
        guard watts(in: range) != nil, let exact = quantity(.power) else { return nil }
        return Power(rawValue: exact.wholeBaseUnits)
    }

    func energy(in range: ClosedRange<Double>) -> Energy? {
        guard physical(.energy, in: range) != nil, let exact = quantity(.energy) else { return nil }
        return Energy(rawValue: exact.wholeBaseUnits)
    }

    func perMille(in range: ClosedRange<Double> = 0...1) -> PerMille? {
        share(in: range).map { PerMille(rawValue: Int64(($0 * 1000).rounded())) }
    }

    func temperature(in range: ClosedRange<Double> = -60...200) -> Temperature? {
        degrees(in: range).map { Temperature(rawValue: Int64(($0 * 1000).rounded())) }
    }

    /// A number with one of a compound unit's spellings: "0.06 K/W".
    func compound(_ unit: CompoundUnit, in range: ClosedRange<Double>) -> Double? {
        guard let text = scalarText, let amount = unit.parse(text) else {
            expected("\(unit.title) such as \"\(unit.example)\"")
            return nil
        }
        guard range.contains(amount) else {
            let one = unit.spellings[0].amount
            expected(
                "\(unit.title) from \(Self.text(range.lowerBound / one)) to \(Self.text(range.upperBound / one)) "
                    + unit.plain)
            return nil
        }
        return amount
    }

    /// A difference of temperatures: "4 K".
    func kelvins(in range: ClosedRange<Double>) -> Double? { physical(.temperature, in: range) }

    static func text(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15 ? "\(Int64(number))" : "\(number)"
    }
}

extension Interval {
    var inSeconds: Double { Double(rawValue) / 1e9 }

    /// The shortest exact form for messages: `5 min`, `500 ms`.
    var text: String {
        if rawValue != 0, rawValue % 60_000_000_000 == 0 { return "\(rawValue / 60_000_000_000) min" }
        if rawValue % 1_000_000_000 == 0 { return "\(rawValue / 1_000_000_000) s" }
        if rawValue % 1_000_000 == 0 { return "\(rawValue / 1_000_000) ms" }
        return "\(rawValue) ns"
    }
}

extension Dimension {
    /// Base units in one of the units that people think in: volts, watts, seconds, percent.
    var baseUnitsInOne: Double {
        switch self {
        case .power, .energy, .voltage, .current, .temperature, .frequency: 1000
        case .ratio: 10
        case .time: 1e9
        case .rotationalSpeed, .count, .pressure: 1
        case .flow: 1000
        }
    }

    var plainUnit: String {
        switch self {
        case .power: "W"
        case .energy: "J"
        case .voltage: "V"
        case .current: "A"
        case .temperature: "degC"
        case .rotationalSpeed: "rpm"
        case .ratio: "%"
        case .time: "s"
        case .frequency: "Hz"
        case .pressure: "Pa"
        case .flow: "L/min"
        case .count: ""
        }
    }

    var title: String { self == .rotationalSpeed ? "rotational speed" : rawValue }
}

/// Units that are made of several, for what only a rack's physics needs.
struct CompoundUnit {
    var title: String
    var example: String
    /// Spellings with the SI amount of one.
    var spellings: [(name: String, amount: Double)]

    var plain: String { spellings[0].name }

    static let thermalResistance = CompoundUnit(
        title: "a thermal resistance", example: "0.06 K/W", spellings: [("K/W", 1)])
    static let resistance = CompoundUnit(
        title: "a resistance", example: "20 mOhm", spellings: [("mOhm", 0.001), ("Ohm", 1)])
    static let heatCapacity = CompoundUnit(
        title: "a heat capacity", example: "60 J/K", spellings: [("J/K", 1), ("kJ/K", 1000)])
    static let airFlow = CompoundUnit(
        title: "an air flow", example: "200 m3/h",
        spellings: [("m3/s", 1), ("m3/h", 1.0 / 3600), ("CFM", 0.000471947443)])
    static let massFlow = CompoundUnit(
        title: "a mass flow", example: "0.15 kg/s", spellings: [("kg/s", 1), ("kg/min", 1.0 / 60)])
    static let specificHeat = CompoundUnit(
        title: "a specific heat capacity", example: "3.9 kJ/(kg K)", spellings: [("J/(kg K)", 1), ("kJ/(kg K)", 1000)])
    static let volume = CompoundUnit(title: "a volume", example: "8 L", spellings: [("L", 1), ("l", 1), ("mL", 0.001)])
    static let dutySlew = CompoundUnit(
        title: "a duty per time", example: "20 %/s", spellings: [("%/s", 1), ("% per s", 1)])
    static let dutyPerKelvin = CompoundUnit(
        title: "a duty per temperature", example: "2.5 %/K", spellings: [("%/K", 1)])
    static let dutyPerKelvinSecond = CompoundUnit(
        title: "a duty per temperature and time", example: "0.05 %/(K s)", spellings: [("%/(K s)", 1)])
    static let dutySecondsPerKelvin = CompoundUnit(
        title: "a duty per rate of temperature", example: "1 % s/K", spellings: [("% s/K", 1)])
    static let tokenRate = CompoundUnit(
        title: "a token rate", example: "4000 tokens/s", spellings: [("tokens/s", 1)])
    static let powerSlew = CompoundUnit(
        title: "a power per time", example: "500 W/s",
        spellings: [("W/s", 1), ("kW/s", 1000), ("W per s", 1), ("kW per s", 1000)])

    func parse(_ text: String) -> Double? {
        let end = text.firstIndex { !($0.isASCII && ($0.isNumber || "+-.".contains($0))) } ?? text.endIndex
        let name = text[end...].drop { $0 == " " }
        guard let number = Double(text[..<end]), let spelling = spellings.first(where: { $0.name == name }) else {
            return nil
        }
        return number * spelling.amount
    }
}
