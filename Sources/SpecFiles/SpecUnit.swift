internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// Ties the units that people write to the base units in which signals are counted.
struct SpecUnit {
    let signalUnit: SignalUnit
    let dimension: Dimension
    /// How many of the dimension's base units are one of the signal's.
    let dimensionUnits: Int64

    init(_ signalUnit: SignalUnit) {
        self.signalUnit = signalUnit
        (dimension, dimensionUnits) =
            switch signalUnit {
            case .millivolts: (.voltage, 1)
            case .milliamperes: (.current, 1)
            case .milliwatts: (.power, 1)
            case .millijoules: (.energy, 1)
            case .millidegrees: (.temperature, 1)
            case .rpm: (.rotationalSpeed, 1)
            case .perMille: (.ratio, 1)
            case .milliseconds: (.time, 1_000_000)
            case .seconds: (.time, 1_000_000_000)
            case .millihertz: (.frequency, 1)
            case .pascals: (.pressure, 1)
            case .millilitresPerMinute: (.flow, 1)
            case .count, .flags: (.count, 1)
            }
    }

    /// The unit in which a point without a signal is counted: milliseconds for a time, the dimension's own otherwise.
    init(plain dimension: Dimension) {
        let unit: SignalUnit =
            switch dimension {
            case .power: .milliwatts
            case .energy: .millijoules
            case .voltage: .millivolts
            case .current: .milliamperes
            case .temperature: .millidegrees
            case .rotationalSpeed: .rpm
            case .ratio: .perMille
            case .time: .milliseconds
            case .frequency: .millihertz
            case .pressure: .pascals
            case .flow: .millilitresPerMinute
            case .count: .count
            }
        self.init(unit)
    }

    /// The unit in which a loaded point's scale ends.
    init(of point: SpecifiedPoint, in specification: DeviceSpecification) {
        if let unit = specification.signalUnit(of: point) {
            self.init(unit)
        } else {
            self.init(plain: Dimension(unit: point.unit) ?? .count)
        }
    }

    /// An amount of the dimension's base units in this signal's base units.
    func signalAmount(_ exact: ExactQuantity) -> ExactQuantity? { exact.multiplied(by: 1, over: dimensionUnits) }

    /// An amount of this signal's base units, in a unit named by people.
    func amount(_ numerator: Int64, over denominator: Int64 = 1, in name: String) -> ExactQuantity? {
        guard let unit = dimension.units.first(where: { $0.name == name }) else { return nil }
        return ExactQuantity(numerator: numerator, denominator: denominator)
            .multiplied(by: dimensionUnits)?
            .multiplied(by: unit.denominator, over: unit.numerator)
    }

    /// The unit in which a limit or a threshold reads best when the scale's own unit is a small one.
    static func name(_ signalUnit: SignalUnit) -> String {
        switch signalUnit {
        case .millivolts: "V"
        case .milliamperes: "A"
        case .milliwatts: "W"
        case .millijoules: "J"
        case .millidegrees: "degC"
        case .rpm: "rpm"
        case .perMille: "%"
        case .milliseconds: "ms"
        case .seconds: "s"
        case .millihertz: "Hz"
        case .pascals: "kPa"
        case .millilitresPerMinute: "L/min"
        case .count, .flags: ""
        }
    }
}
