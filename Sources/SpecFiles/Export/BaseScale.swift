internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// How a master turns a raw value, or a float as it stands, into the base unit that monitoring systems agree on: `raw * step + offset`.
struct BaseScale {
    /// In the unit of `suffix`; 1 and 0 where a number does not fit.
    let step: ExactQuantity
    let offset: ExactQuantity
    /// As Prometheus names units: `volts`, `celsius`; empty for a count.
    let suffix: String
    /// False where the scale is beyond 64-bit fractions: then the value is left raw.
    let isExact: Bool

    init(_ point: SpecifiedPoint, in specification: DeviceSpecification) {
        let unit = SpecUnit(of: point, in: specification)
        let scale = point.definition.statedScale
        let base = Self.base(of: unit.dimension)
        let step = unit.amount(scale.numerator, over: scale.denominator, in: base.unit)?
            .multiplied(by: 1, over: base.divisor)
        let offset = unit.amount(scale.offset, in: base.unit)?.multiplied(by: 1, over: base.divisor)
        isExact = step != nil && offset != nil
        self.step = step ?? ExactQuantity(numerator: 1, denominator: 1)
        self.offset = offset ?? ExactQuantity(numerator: 0, denominator: 1)
        suffix = isExact ? base.suffix : "raw"
    }

    private static func base(of dimension: Dimension) -> (unit: String, divisor: Int64, suffix: String) {
        switch dimension {
        case .power: ("W", 1, "watts")
        case .energy: ("J", 1, "joules")
        case .voltage: ("V", 1, "volts")
        case .current: ("A", 1, "amperes")
        case .temperature: ("degC", 1, "celsius")
        case .rotationalSpeed: ("rpm", 1, "rpm")
        case .ratio: ("%", 100, "ratio")
        case .time: ("s", 1, "seconds")
        case .frequency: ("Hz", 1, "hertz")
        case .pressure: ("Pa", 1, "pascals")
        case .flow: ("L/min", 1, "litres_per_minute")
        case .count: ("", 1, "")
        }
    }

    var isOne: Bool { step == ExactQuantity(numerator: 1, denominator: 1) }
    var hasOffset: Bool { offset.numerator != 0 }

    /// A number that YAML and TOML read as a float: finite decimals exactly, others to the last bit of a double.
    static func float(_ exact: ExactQuantity) -> String {
        if exact.denominator == 1 { return "\(exact.numerator).0" }
        return ValueText.decimal(exact.numerator, exact.denominator, digitLimit: 12) ?? "\(exact.baseUnits)"
    }

    /// `input_voltage_volts`.
    func name(of point: SpecifiedPoint) -> String {
        let name = Self.underscored(point.name)
        return suffix.isEmpty || name.hasSuffix("_\(suffix)") ? name : "\(name)_\(suffix)"
    }

    static func underscored(_ name: String) -> String { name.replacing("-", with: "_") }
}
