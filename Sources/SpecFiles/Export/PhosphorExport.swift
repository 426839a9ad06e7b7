internal import DeviceSpecs
internal import RegisterMaps
internal import YAMLReading

/// The register map as a device profile of openbmc/phosphor-modbus, written so that its importer here reads it back.
///
/// The sections, their keys and the words for types are those of the project's profiles (rtu/profiles, commit 5104abd, 2026-08-05)
/// and of its schema (rtu/schemas/device_profile.json, as of commit c047da6).
struct PhosphorExport {
    let specification: DeviceSpecification
    private(set) var notes: [String] = []
    private var sections: [(name: String, entries: [String])] = [
        "InventoryRegisters", "FirmwareRegisters", "SensorRegisters", "MetricRegisters", "StatusRegisters",
        "ConfigRegisters",
    ].map { ($0, []) }

    init(specification: DeviceSpecification) { self.specification = specification }

    mutating func text() -> String {
        for point in specification.points { place(point) }
        let kind = PhosphorKind(specification)
        notes += kind.notes
        var parts = [
            "    \"DeviceType\": \(JSONText.quoted(kind.deviceType))",
            "    \"DeviceModel\": \(JSONText.quoted(kind.deviceModel))",
            "    \"Parity\": \"\(specification.serial.parity.rawValue.capitalisedASCII)\"",
            "    \"BaudRate\": \(specification.serial.baud)", "    \"ProbeRegister\": \(probe())",
        ]
        for section in sections where !section.entries.isEmpty {
            parts.append("    \"\(section.name)\": [\n" + section.entries.joined(separator: ",\n") + "\n    ]")
        }
        notes.append("unit identifiers, turnaround and revision are left out: a profile has none")
        return "{\n" + parts.joined(separator: ",\n") + "\n}\n"
    }

    private mutating func append(_ section: String, _ keys: [String]) {
        guard let index = sections.firstIndex(where: { $0.name == section }) else { return }
        sections[index].entries.append("        {" + keys.joined(separator: ", ") + "}")
    }

    private static func offset(_ address: Int) -> String {
        "\"Offset\": \"0x\(String(address, radix: 16, uppercase: true))\""
    }

    // MARK: Points

    private mutating func place(_ point: SpecifiedPoint) {
        let definition = point.definition
        guard definition.table == .holdingRegisters else {
            notes.append("\"\(point.name)\" is left out: a profile has holding registers only")
            return
        }
        switch definition.encoding {
        case .text: placeText(point)
        case .flags: placeFlags(point)
        case .bit: break
        case .unsigned, .signed, .float: placeNumber(point)
        }
    }

    private mutating func placeText(_ point: SpecifiedPoint) {
        let size = "\"Size\": \(point.definition.wordCount)"
        let place = Self.offset(Int(point.definition.address))
        switch PhosphorWords.text(of: point) {
        case .inventory(let type)?: append("InventoryRegisters", ["\"Type\": \"\(type)\"", place, size])
        case .version?:
            append(
                "FirmwareRegisters", ["\"Name\": \(JSONText.quoted(point.name))", "\"Type\": \"Version\"", place, size])
        case nil:
            if specification.probe.map({ specification.points[$0.point].name }) == point.name { return }
            notes.append("\"\(point.name)\" is left out: a profile has no such text")
        }
    }

    private mutating func placeFlags(_ point: SpecifiedPoint) {
        let definition = point.definition
        if definition.access != .readOnly {
            notes.append("\"\(point.name)\" is written as read-only: status cannot be set")
        }
        let words = Int(definition.wordCount)
        for word in 0..<words {
            let lowest = (definition.wordOrder == .lowWordFirst ? word : words - 1 - word) * 16
            let bits = point.bits.filter { (lowest..<lowest + 16).contains($0.bit) }.map { flag in
                "{\"Name\": \(JSONText.quoted(flag.name)), \"Type\": \"\(PhosphorWords.event(of: flag.name))\", "
                    + "\"BitPosition\": \(flag.bit - lowest), \"Value\": true}"
            }
            guard !bits.isEmpty else { continue }
            let name = words == 1 ? point.name : "\(point.name)-\(word + 1)"
            let isNamed = point.says.isEmpty || !point.says.hasPrefix("status-0x")
            let foreign = Self.adapts(point.says, to: name) ? point.says : name
            append(
                "StatusRegisters",
                (isNamed ? ["\"Name\": \(JSONText.quoted(foreign))"] : [])
                    + [
                        Self.offset(Int(definition.address) + word),
                        "\"Bits\": [\n            " + bits.joined(separator: ",\n            ") + "]",
                    ])
        }
        if words > 1 {
            notes.append("\"\(point.name)\" is written as \(words) words: status registers have sixteen bits")
        }
        note("the kinds of events of flags (\"Type\") are guessed from their names")
    }

    private static func adapts(_ foreign: String, to name: String) -> Bool {
        !foreign.isEmpty && SpecName.adapted(foreign) == name
    }

    private mutating func note(_ text: String) {
        if !notes.contains(text) { notes.append(text) }
    }

    private mutating func placeNumber(_ point: SpecifiedPoint) {
        let definition = point.definition
        // It stands in the profile as the probe.
        if point.says == PhosphorWords.identity, specification.probe == nil { return }
        if definition.wordCount > 1, definition.wordOrder == .lowWordFirst {
            notes.append("\"\(point.name)\" is left out: a profile has high words first only")
            return
        }
        let isSetting = definition.access != .readOnly
        if isSetting, let keys = setting(point) { append("ConfigRegisters", keys) }
        let place = [Self.offset(Int(definition.address)), "\"Size\": \(definition.wordCount)"]
        if let type = PhosphorWords.wholeNumber(of: point) {
            let name = type == "Version" ? ["\"Name\": \(JSONText.quoted(point.name))"] : []
            append(
                type == "Version" ? "FirmwareRegisters" : "InventoryRegisters",
                name + ["\"Type\": \"\(type)\""] + place + ["\"Format\": \"Integer\""])
            return
        }
        guard let reading = PhosphorReading(point, in: specification) else {
            if !isSetting || setting(point) == nil {
                notes.append(
                    "\"\(point.name)\" is left out: a profile has no sensor of its kind"
                        + (isSetting ? ", and of settings the clock and start values only" : ""))
            }
            return
        }
        notes += reading.notes
        append(
            reading.isMetric ? "MetricRegisters" : "SensorRegisters",
            ["\"Name\": \(JSONText.quoted(reading.name))", "\"Type\": \"\(reading.type)\""] + place + reading.scaling)
    }

    /// The clock that the monitor sets, or a value that it writes at the start.
    private func setting(_ point: SpecifiedPoint) -> [String]? {
        let definition = point.definition
        let place = Self.offset(Int(definition.address))
        if point.name == "unix-time" || point.says.hasPrefix("UnixTime") {
            let name = point.name == "unix-time" ? [] : ["\"Name\": \(JSONText.quoted(point.name))"]
            return name + ["\"Type\": \"UnixTime\"", place, "\"Size\": \(definition.wordCount)"]
        }
        guard point.says.hasPrefix("Init"), definition.wordCount == 1 else { return nil }
        return ["\"Name\": \(JSONText.quoted(point.name))", "\"Type\": \"Init\"", place]
            + (definition.initialRaw == 0 ? [] : ["\"Default\": [\(definition.initialRaw)]"])
    }

    // MARK: Probe

    private mutating func probe() -> String {
        func text(_ point: SpecifiedPoint, _ expected: String) -> String {
            "{\(Self.offset(Int(point.definition.address))), \"Size\": \(point.definition.wordCount), \"ExpectedValue\": \(expected)}"
        }
        if let probe = specification.probe {
            return text(specification.points[probe.point], JSONText.quoted(probe.expected))
        }
        let numbers = specification.points.filter {
            $0.definition.table == .holdingRegisters && $0.definition.access == .readOnly
                && $0.definition.encoding == .unsigned
        }
        if let told = numbers.first(where: { $0.says == PhosphorWords.identity }) {
            return text(told, "\(told.definition.initialRaw)")
        }
        notes.append("the probe is a word that other devices may hold too: the spec has no \"probe\"")
        let number = numbers.first { $0.definition.initialRaw != 0 } ?? numbers.first
        return number.map { text($0, "\($0.definition.initialRaw)") }
            ?? "{\"Offset\": \"0x0\", \"Size\": 1, \"ExpectedValue\": 0}"
    }
}

extension String {
    /// "even" is "Even".
    fileprivate var capitalisedASCII: String { prefix(1).uppercased() + dropFirst() }
}
