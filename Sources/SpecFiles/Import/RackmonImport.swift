internal import DeviceSpecs
internal import RegisterMaps
internal import Units
internal import YAMLReading

/// Reads a register map of OpenBMC's rack monitor.
///
/// The format is described in facebook/openbmc, common/recipes-core/rackmon2/rackmon/REGISTER_MAP.md; what its
/// document leaves open (parity EVEN when not stated, endian "L" swapping octets and words) was read in Register.cpp.
enum RackmonImport {
    static func read(_ mapping: YAMLMapping) -> ImportedSpecification? {
        var draft = ImportDraft()
        let name = mapping.required("name")?.string()
        let units = mapping.required("address_range").flatMap { unitRanges($0, draft: &draft) }
        let baud =
            (mapping.optional("baudrate") ?? mapping.optional("default_baudrate") ?? mapping.required("baudrate"))?
            .baud()
        let parity = parity(mapping.optional("parity"))
        for register in mapping.required("registers")?.list() ?? [] { read(register, into: &draft) }
        readHandlers(mapping, into: &draft)
        if let probe = mapping.optional("probe_register")?.integer(in: 0...65535) {
            draft.note(
                "probe_register \(probe) is left out: rackmon only asks whether it can be read, not what it holds")
        }
        for key in ["max_span_length", "preferred_baudrate", "baud_config"] where mapping.optional(key) != nil {
            draft.note("\(key) is left out: it tells the monitor how to poll, not what the device is")
        }
        noteUnknown(
            mapping,
            known: [
                "name", "address_range", "probe_register", "baudrate", "default_baudrate", "parity",
                "registers", "special_handlers", "time_sync", "max_span_length", "preferred_baudrate", "baud_config",
            ],
            what: "the map", draft: &draft)
        draft.note(
            "the source has no vendor, revision, turnaround, access rights or ranges: those here are placeholders")
        guard let name, let units, let baud, let parity else { return nil }
        draft.fillTexts(product: name.identityText)
        let specification = DeviceSpecification(
            model: SpecName.adapted(name), deviceClass: nil, says: "Imported from the rackmon map \(name)",
            identity: DeviceIdentity(vendor: "unknown", product: name.identityText, revision: "unknown"),
            serial: SerialSettings(baud: baud, parity: parity, turnaround: .milliseconds(2), units: units),
            points: draft.points.layingOutTexts(), probe: nil)
        return ImportedSpecification(specification: specification, notes: draft.finalNotes)
    }

    private static func unitRanges(_ value: YAMLValue, draft: inout ImportDraft) -> [ClosedRange<UInt8>]? {
        var ranges: [ClosedRange<UInt8>] = []
        for pair in value.list("a list of pairs such as [[160, 191]]") ?? [] {
            let ends = (pair.list("a pair such as [160, 191]") ?? []).map { $0.integer(in: 1...255) }
            guard ends.count == 2, let first = ends[0], let last = ends[1], first <= last else {
                if ends.count != 2 || !ends.contains(nil) {
                    pair.expected("a pair that runs upward such as [160, 191]")
                }
                continue
            }
            let range = UInt8(first)...UInt8(last)
            if ranges.contains(where: { $0.overlaps(range) }) {
                draft.note("the unit range \(first)-\(last) is left out: it overlaps another")
            } else {
                ranges.append(range)
            }
        }
        return ranges.isEmpty ? nil : ranges
    }

    private static func parity(_ value: YAMLValue?) -> Parity? {
        guard let value else { return .even }
        guard let text = value.scalarText, let parity = Parity(rawValue: text.lowercased()) else {
            value.expected("one of \"EVEN\", \"ODD\", \"NONE\"")
            return nil
        }
        return parity
    }

    // MARK: Registers

    private static func read(_ value: YAMLValue, into draft: inout ImportDraft) {
        guard let mapping = value.mapping("a register such as {\"begin\": 0, \"length\": 1, \"name\": \"Status\"}")
        else {
            return
        }
        let address = mapping.required("begin")?.integer(in: 0...65535)
        let words = mapping.required("length")?.integer(in: 1...65535)
        let name = mapping.required("name")?.string()
        guard let address, let words, let name else { return }
        switch mapping.optional("format")?.scalarText ?? "RAW" {
        case "STRING": draft.addText(name, at: address, words: words, says: name)
        case "FLAGS": draft.addFlags(name, at: address, words: words, bits: flags(mapping), says: name)
        case "INTEGER", "LONG", "FLOAT":
            draft.addNumber(name, at: address, words: words, number(mapping, name: name, draft: &draft), says: name)
        case "RAW", "HEX":
            draft.note("\"\(name)\" is raw octets in the source and is kept as plain words")
            if words > 125 { draft.note("\"\(name)\" keeps only 125 of its \(words) words") }
            for word in 0..<min(words, 125) {
                let part = words == 1 ? name : "\(name) word \(word + 1)"
                draft.addNumber(part, at: address + word, words: 1, .init(), says: name)
            }
        default:
            mapping.optional("format")?.expected(
                "one of \"STRING\", \"FLAGS\", \"INTEGER\", \"LONG\", \"FLOAT\", \"RAW\"")
        }
        for key in ["keep", "changes_only", "interval"] where mapping.optional(key) != nil {
            draft.note("\"\(key)\" of registers is left out: it tells the monitor how to store readings")
        }
        noteUnknown(
            mapping,
            known: [
                "begin", "length", "name", "format", "flags", "precision", "sign", "scale", "shift",
                "endian", "unit", "keep", "changes_only", "interval",
            ], what: "\"\(name)\"", draft: &draft)
    }

    private static func number(_ mapping: YAMLMapping, name: String, draft: inout ImportDraft) -> ImportDraft.Number {
        var number = ImportDraft.Number()
        number.isSigned = mapping.optional("sign")?.bool() ?? false
        if mapping.optional("format")?.scalarText == "FLOAT" {
            number.precision = mapping.required("precision")?.integer(in: 0...31) ?? 0
            if let scale = mapping.optional("scale") { number.scale = scale.foreignNumber() ?? number.scale }
            if let shift = mapping.optional("shift") { number.shift = shift.foreignNumber() ?? number.shift }
        }
        if mapping.optional("endian")?.scalarText == "L" {
            draft.noteSwappedOctets(of: name)
            number.wordOrder = .lowWordFirst
        }
        if let unit = mapping.optional("unit")?.scalarText, !unit.isEmpty {
            if Dimension(unit: unit) == nil {
                draft.note("\"\(name)\": the unit \"\(unit)\" is left out, since the form does not know it")
            } else {
                number.unit = unit
            }
        }
        return number
    }

    private static func flags(_ mapping: YAMLMapping) -> [(bit: Int, name: String)] {
        (mapping.required("flags")?.list() ?? []).compactMap { pair in
            guard let parts = pair.list("a pair such as [0, \"Fan_Failure\"]") else { return nil }
            guard parts.count == 2 else {
                pair.expected("a pair such as [0, \"Fan_Failure\"]")
                return nil
            }
            guard let bit = parts[0].integer(in: 0...65535), let name = parts[1].string() else { return nil }
            return (bit, name)
        }
    }

    private static func readHandlers(_ mapping: YAMLMapping, into draft: inout ImportDraft) {
        for handler in mapping.optional("special_handlers")?.list() ?? [] {
            guard let keys = handler.mapping(), let address = keys.required("reg")?.integer(in: 0...65535) else {
                continue
            }
            let words = keys.optional("len")?.integer(in: 1...125) ?? 1
            draft.makeWritable(
                address, words: words, ifMissing: "special-handler-\(address)", says: "Written by the monitor")
            draft.note(
                "special_handlers: register \(address) is writable, but what the monitor writes and when is left out")
        }
        guard let sync = mapping.optional("time_sync")?.mapping() else { return }
        guard let address = (sync.optional("reg") ?? sync.required("address"))?.integer(in: 0...65535) else { return }
        draft.makeWritable(address, words: 2, ifMissing: "unix-time", says: "UNIX time, written by the monitor")
        draft.note("time_sync: register \(address) is writable, but when the monitor writes it is left out")
    }

    private static func noteUnknown(_ mapping: YAMLMapping, known: [String], what: String, draft: inout ImportDraft) {
        for entry in mapping.entries {
            guard let key = entry.key.scalarText, !known.contains(key) else { continue }
            draft.note("the key \"\(key)\" of \(what) is left out: it is not known here")
        }
    }
}

extension YAMLValue {
    /// A JSON number, exact. An exponent is not met in register maps and is refused.
    func foreignNumber() -> ExactQuantity? {
        guard let text = scalarText, let exact = ExactQuantity.parse(text, as: .count) else {
            expected("a number of at most nine decimals")
            return nil
        }
        return exact
    }
}

extension String {
    /// As `DeviceIdentity` takes it: 1 to 64 printable ASCII characters.
    var identityText: String {
        let kept = String(
            String.UnicodeScalarView(unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(64)))
        return kept.isEmpty ? "unknown" : kept
    }
}
