internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// A number as a sensor of a profile: `raw / 2^Precision * Scale + Shift`.
struct PhosphorReading {
    let name: String
    let type: String
    let isMetric: Bool
    /// Keys of the register, without name, type and place.
    let scaling: [String]
    let notes: [String]

    /// The units that the profiles' types of sensors imply.
    private static let types: [(unit: String, type: String)] = [
        ("degC", "Temperature"), ("V", "Voltage"), ("A", "Current"), ("W", "Power"), ("%", "Utilization"),
        ("rpm", "FanTach"), ("Hz", "Frequency"),
    ]

    init?(_ point: SpecifiedPoint, in specification: DeviceSpecification) {
        let said = Self.said(point)
        let specUnit = SpecUnit(of: point, in: specification)
        let unit = point.unit.isEmpty ? "" : SpecUnit.name(specUnit.signalUnit)
        guard let type = said?.type ?? Self.types.first(where: { $0.unit == unit })?.type else { return nil }
        self.type = type
        name = said?.name ?? point.name
        isMetric = PhosphorWords.metrics.contains(type)
        let sign = "\"IsSigned\": \(point.definition.encoding == .signed)"
        let scale = point.definition.statedScale
        guard let step = specUnit.amount(scale.numerator, over: scale.denominator, in: unit),
            let shift = specUnit.amount(scale.offset, in: unit),
            let parts = RackmonExport.precisionAndScale(step)
        else {
            scaling = [sign, "\"Format\": \"Integer\""]
            notes = ["\"\(point.name)\" is written raw: its scale is neither a decimal nor a binary fraction"]
            return
        }
        if point.definition.encoding == .float {
            scaling = [
                "\"Precision\": 0", "\"Scale\": 1.0", "\"Shift\": 0.0", "\"IsSigned\": false",
                "\"Format\": \"Float32\"",
            ]
            // Whether a profile's scale means something beside a Float32 no profile shows: all of them say 1.
            let isPlain = step == ExactQuantity(numerator: 1, denominator: 1) && shift.numerator == 0
            notes =
                isPlain ? [] : ["\"\(point.name)\" is written without its scale: no profile scales a Float32"]
            return
        }
        let isWhole = step == ExactQuantity(numerator: 1, denominator: 1) && shift.numerator == 0
        scaling =
            ["\"Precision\": \(parts.precision)", "\"Scale\": \(Self.float(parts.factor))"]
            + ["\"Shift\": \(Self.float(ValueText.number(shift)))", sign]
            + ["\"Format\": \"\(isWhole ? "Integer" : "FixedPoint")\""]
        notes = []
    }

    private static func float(_ number: String) -> String { number.contains(".") ? number : number + ".0" }

    /// What an import has put into the text: the type, and the name as the profile had it.
    private static func said(_ point: SpecifiedPoint) -> (type: String, name: String)? {
        let text = point.says
        guard let gap = text.firstIndex(of: " ") else { return nil }
        let (type, name) = (String(text[..<gap]), String(text[text.index(after: gap)...]))
        guard PhosphorWords.sensors.contains(type) || PhosphorWords.metrics.contains(type) else { return nil }
        // Two of one name stand apart by a number in ours.
        guard SpecName.adapted(name) == point.name || point.name.hasPrefix(SpecName.adapted(name) + "-") else {
            return nil
        }
        return (type, name)
    }
}
