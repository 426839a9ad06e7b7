internal import DeviceSpecs
internal import RegisterMaps

/// The words of phosphor-modbus for what points are.
enum PhosphorWords {
    enum Text: Hashable {
        case inventory(String)
        case version
    }

    static let inventory = ["BuildDate", "Manufacturer", "Model", "PartNumber", "SerialNumber", "SparePartNumber"]
    static let metrics = ["ValveClosedDuration", "ValveOpenDuration"]
    static let sensors = [
        "FanTach", "LiquidFlow", "Power", "Pressure", "Temperature", "Voltage", "Current", "Airflow", "Altitude",
        "Energy", "Frequency", "Humidity", "Utilization", "Valve", "Charge", "RotationalPosition",
    ]
    /// The text of a number by which a device is told, as an import has said.
    static let identity = "Identity"
    /// Behind the text of a number among the texts.
    static let wholeNumberMark = ", a number"

    /// What a text is: as an import has said, or by its name.
    static func text(of point: SpecifiedPoint) -> Text? {
        if point.says == "Version" { return .version }
        if inventory.contains(point.says) { return .inventory(point.says) }
        let names = [
            ("part-number", "PartNumber"), ("spare-part-number", "SparePartNumber"), ("serial-number", "SerialNumber"),
            ("build-date", "BuildDate"), ("manufacturer", "Manufacturer"), ("vendor", "Manufacturer"),
            ("model", "Model"), ("product", "Model"),
        ]
        if let match = names.first(where: { $0.0 == point.name }) { return .inventory(match.1) }
        return point.name.hasSuffix("revision") || point.name.hasSuffix("version") ? .version : nil
    }

    /// The kind of number that stands among the texts, as an import has said.
    static func wholeNumber(of point: SpecifiedPoint) -> String? {
        guard point.says.hasSuffix(wholeNumberMark) else { return nil }
        let type = String(point.says.dropLast(wholeNumberMark.count))
        return inventory.contains(type) || type == "Version" ? type : nil
    }

    /// The kind of event that a flag most likely is.
    static func event(of flag: String) -> String {
        let kinds: [(words: [String], event: String)] = [
            (["leak"], "LeakDetectedCritical"), (["pump"], "PumpFailure"), (["fan", "stall"], "FanFailure"),
            (["filter"], "FilterFailure"), (["sensor"], "SensorFailure"), (["warning"], "SensorReadingWarning"),
            (["voltage", "current", "temperature", "over", "under", "frequency"], "SensorReadingCritical"),
            (["power", "ac", "input", "output", "feed", "relay", "supply"], "PowerFault"),
        ]
        let words = flag.split(separator: "-").map(String.init)
        return kinds.first { kind in kind.words.contains { words.contains($0) } }?.event ?? "ControllerFailure"
    }
}
