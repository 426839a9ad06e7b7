internal import DeviceSpecs

/// What a profile calls a device.
struct PhosphorKind {
    let deviceType: String
    let deviceModel: String
    let notes: [String]

    /// The models that the project's schema lists; another has to be entered there and in its list of allowed devices.
    private static let models = [
        "Artesyn7000552480000", "Artesyn7000552531000", "Artesyn7000555240000", "BelimoEV200ARXE", "Danfoss003Z8540",
        "DeltaBBUBC100AE000", "DeltaBBUBS723AE000", "DeltaBBUBU123AE000", "DeltaECD17020037", "DeltaECD27010006",
        "DeltaECD68000047", "DeltaECD68000049", "DeltaECD70000017", "DeltaECD70000020", "DeltaRDF040DSS5193E0",
        "PanasonicBJA3C0002A", "PanasonicBJBPM103A", "PanasonicBJBSB103A",
    ]

    /// The project's types by words of our classes, the longest match first.
    private static let types: [(word: String, type: String)] = [
        ("power-supply", "PowerSupplyUnit"), ("battery", "BatteryBackupUnit"), ("capacitor", "CapacitorBankUnit"),
        ("power-shelf", "PowerShelf"), ("shelf", "PowerMonitorModule"), ("pump", "ReservoirPumpUnit"),
        ("valve", "Valve"), ("flow", "FlowMeter"), ("heat", "HeatExchanger"), ("power-monitor", "PowerMonitorModule"),
    ]

    init(_ specification: DeviceSpecification) {
        var notes: [String] = []
        if let origin = Self.origin(specification.says) {
            (deviceModel, deviceType) = origin
        } else {
            let word = specification.deviceClass?.specWord ?? ""
            let known = Self.types.first { word.contains($0.word) }?.type
            if known == nil { notes.append("the device type is PowerMonitorModule for want of one of its kind") }
            deviceType = known ?? "PowerMonitorModule"
            let identity = specification.identity
            deviceModel = (identity.vendor + identity.product).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        if !Self.models.contains(deviceModel) {
            notes.append(
                "\"\(deviceModel)\" is no model that phosphor-modbus's schema lists: enter it there to have it accepted"
            )
        }
        self.notes = notes
    }

    /// The model and the type that an import has put into the text.
    private static func origin(_ says: String) -> (String, String)? {
        let head = "Imported from the phosphor-modbus profile "
        guard says.hasPrefix(head), says.hasSuffix(")") else { return nil }
        let parts = says.dropFirst(head.count).dropLast().split(separator: " (")
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}
