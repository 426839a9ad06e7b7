internal import DeviceSpecs
internal import RegisterMaps
internal import Units
internal import YAMLReading

/// Reads a device profile of openbmc/phosphor-modbus (rtu/profiles).
enum PhosphorImport {
    static func read(_ mapping: YAMLMapping) -> ImportedSpecification? {
        var draft = ImportDraft()
        let model = mapping.required("DeviceModel")?.string()
        let type = mapping.required("DeviceType")?.string()
        let baud = mapping.required("BaudRate")?.baud()
        let parity = mapping.required("Parity").flatMap(parity)
        for section in ["InventoryRegisters", "FirmwareRegisters"] {
            for entry in entries(section, of: mapping) { readText(entry, section: section, into: &draft) }
        }
        for section in ["SensorRegisters", "MetricRegisters"] {
            for entry in entries(section, of: mapping) { readNumber(entry, into: &draft) }
        }
        for entry in entries("StatusRegisters", of: mapping) { readFlags(entry, into: &draft) }
        for entry in entries("ConfigRegisters", of: mapping) { readSetting(entry, into: &draft) }
        let probe = mapping.optional("ProbeRegister").flatMap { readProbe($0, into: &draft) }
        for entry in mapping.entries where !known.contains(entry.key.scalarText ?? "") {
            draft.note("the key \"\(entry.key.scalarText ?? "")\" is left out: it is not known here")
        }
        draft.note("the source has no unit identifiers, turnaround, revision or ranges: those here are placeholders")
        guard let model, let type, let baud, let parity else { return nil }
        draft.fillTexts(product: model.identityText)
        let points = draft.points.layingOutTexts()
        let specification = DeviceSpecification(
            model: SpecName.adapted(model), deviceClass: nil,
            says: "Imported from the phosphor-modbus profile \(model) (\(type))",
            identity: DeviceIdentity(
                vendor: draft.vendor(probe), product: model.identityText, revision: "unknown"),
            serial: SerialSettings(baud: baud, parity: parity, turnaround: .milliseconds(2), units: [1...247]),
            points: points,
            probe: probe.flatMap { probe in
                points.firstIndex { $0.name == probe.name }.map { IdentityProbe(point: $0, expected: probe.expected) }
            })
        return ImportedSpecification(specification: specification, notes: draft.notes)
    }

    private static let known = [
        "DeviceModel", "DeviceType", "BaudRate", "Parity", "ProbeRegister", "InventoryRegisters", "FirmwareRegisters",
        "SensorRegisters", "MetricRegisters", "StatusRegisters", "ConfigRegisters",
    ]

    /// Units that the profiles' types of sensors imply; the profiles themselves name none. Types that are missing
    /// here (charge, energy, liquid flow, position) are ambiguous or have no unit in our form.
    private static let units = [
        "Temperature": "degC", "Voltage": "V", "Current": "A", "Power": "W", "Utilization": "%",
        "FanTach": "rpm", "Frequency": "Hz",
    ]

    private static func entries(_ section: String, of mapping: YAMLMapping) -> [YAMLMapping] {
        (mapping.optional(section)?.list() ?? []).compactMap { $0.mapping("a register with \"Offset\"") }
    }

    private static func parity(_ value: YAMLValue) -> Parity? {
        guard let text = value.scalarText, let parity = Parity(rawValue: text.lowercased()) else {
            value.expected("one of \"Even\", \"Odd\", \"None\"")
            return nil
        }
        return parity
    }

    private static func address(_ mapping: YAMLMapping) -> Int? { mapping.required("Offset")?.integer(in: 0...65535) }

    private static func words(_ mapping: YAMLMapping) -> Int { mapping.optional("Size")?.integer(in: 1...65535) ?? 1 }

    // MARK: Sections

    private static func readText(_ entry: YAMLMapping, section: String, into draft: inout ImportDraft) {
        guard let address = address(entry) else { return }
        let type = entry.optional("Type")?.scalarText ?? section
        let name = entry.optional("Name")?.scalarText ?? type
        if entry.optional("Format")?.scalarText == "Integer" {
            draft.addNumber(name, at: address, words: words(entry), .init(), says: type + PhosphorWords.wholeNumberMark)
        } else {
            draft.addText(name, at: address, words: words(entry), says: type)
        }
    }

    private static func readNumber(_ entry: YAMLMapping, into draft: inout ImportDraft) {
        guard let address = address(entry), let name = entry.required("Name")?.string() else { return }
        let type = entry.optional("Type")?.scalarText ?? ""
        var number = ImportDraft.Number()
        number.isSigned = entry.optional("IsSigned")?.bool() ?? false
        number.precision = entry.optional("Precision")?.integer(in: 0...31) ?? 0
        if let scale = entry.optional("Scale") { number.scale = scale.foreignNumber() ?? number.scale }
        if let shift = entry.optional("Shift") { number.shift = shift.foreignNumber() ?? number.shift }
        number.isFloat = entry.optional("Format")?.scalarText == "Float32"
        if let unit = units[type] {
            number.unit = unit
        } else {
            draft.note("\"\(name)\" has no unit: the form knows none for the type \"\(type)\"")
        }
        draft.addNumber(name, at: address, words: words(entry), number, says: "\(type) \(name)")
    }

    private static func readFlags(_ entry: YAMLMapping, into draft: inout ImportDraft) {
        guard let address = address(entry) else { return }
        let name = entry.optional("Name")?.scalarText ?? "status-\(RegisterAddress.text(address))"
        var bits: [(bit: Int, name: String)] = []
        for place in entry.required("Bits")?.list() ?? [] {
            guard let flag = place.mapping("a bit with \"Name\" and \"BitPosition\""),
                let text = flag.required("Name")?.string(), let bit = flag.required("BitPosition")?.integer(in: 0...255)
            else { continue }
            bits.append((bit, text))
            if flag.optional("Type") != nil {
                draft.note("the kind of event of each flag (\"Type\") is left out")
            }
            if flag.optional("Value")?.scalarText == "false" {
                draft.note("\"\(text)\" of \"\(name)\" means trouble when it is 0, which the form cannot say")
            }
        }
        draft.addFlags(name, at: address, words: words(entry), bits: bits, says: name)
    }

    private static func readSetting(_ entry: YAMLMapping, into draft: inout ImportDraft) {
        guard let address = address(entry) else { return }
        let type = entry.optional("Type")?.scalarText ?? "setting"
        let name = entry.optional("Name")?.scalarText ?? type.separatingWords
        draft.makeWritable(address, words: words(entry), ifMissing: name, says: "\(type), written by the monitor")
        if entry.optional("Period") != nil { draft.note("how often the monitor writes \"\(name)\" is left out") }
        let values = entry.optional("Default")?.list() ?? []
        if values.count == 1, let raw = values[0].integer(in: 0...Int(UInt32.max)) {
            draft.setDefault(Int64(raw), at: address)
        } else if values.count > 1 {
            draft.note("the \(values.count) words written to \"\(name)\" are left out")
        }
    }

    private static func readProbe(_ value: YAMLValue, into draft: inout ImportDraft) -> (
        name: String, expected: String
    )? {
        guard let mapping = value.mapping(), let address = address(mapping),
            let expectedPlace = mapping.required("ExpectedValue"), let expected = expectedPlace.string()
        else { return nil }
        if let name = draft.setText(expected, at: address) { return (name, expected) }
        if draft.points.allSatisfy({ Int($0.definition.address) != address }), Int(expected) == nil {
            draft.addText("Probe", at: address, words: words(mapping), says: PhosphorWords.identity)
            if let name = draft.setText(expected, at: address) { return (name, expected) }
        }
        if let number = Int64(expected), number != 0 {
            // A kind of device that is told by a number: the register holds it, though a spec's probe is a text.
            if draft.points.allSatisfy({ Int($0.definition.address) != address }) {
                draft.addNumber("Probe", at: address, words: words(mapping), .init(), says: PhosphorWords.identity)
            }
            draft.setDefault(number, at: address)
        }
        draft.note("the probe is left out: register \(RegisterAddress.text(address)) holds no text \"\(expected)\"")
        return nil
    }
}

extension ImportDraft {
    /// The vendor, when the probed register holds one.
    fileprivate func vendor(_ probe: (name: String, expected: String)?) -> String {
        guard let probe, points.contains(where: { $0.name == probe.name && $0.says == "Manufacturer" }) else {
            return "unknown"
        }
        return probe.expected.identityText
    }
}

extension String {
    /// "UnixTime" is "Unix Time".
    fileprivate var separatingWords: String {
        reduce(into: "") { text, letter in
            if letter.isUppercase, !text.isEmpty { text.append(" ") }
            text.append(letter)
        }
    }
}
