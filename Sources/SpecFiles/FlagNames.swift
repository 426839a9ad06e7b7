internal import DeviceSpecs
internal import YAMLReading

/// Reads `bits: {0: over-power, 15: latched-fault}` and defaults made of those names.
enum FlagNames {
    static func read(
        _ place: YAMLValue?, words: Int, signal: SignalDescription?, point: YAMLValue
    ) -> [(bit: Int, name: String)] {
        guard let place else {
            point.problem("expected the key \"bits\" for a point of type flags, found none; name at least one bit")
            return []
        }
        guard let entries = place.mapping("a mapping of bit numbers to names such as {0: over-power}")?.entries else {
            return []
        }
        if entries.isEmpty {
            place.problem("expected at least one bit such as {0: over-power}, found an empty mapping")
        }
        var bits: [(bit: Int, name: String)] = []
        for entry in entries {
            let bit = entry.key.integer(in: 0...words * 16 - 1)
            let name = entry.value.scalarText.flatMap { SpecName.isValid($0) ? $0 : nil }
            if name == nil {
                entry.value.expected("a flag name of lower-case words joined by hyphens such as \"over-power\"")
            }
            guard let bit, let name else { continue }
            if bits.contains(where: { $0.bit == bit }) {
                entry.key.problem("expected each bit once, found bit \(bit) twice")
            } else if bits.contains(where: { $0.name == name }) {
                entry.value.problem("expected each flag name once, found \"\(name)\" twice")
            } else {
                bits.append((bit, name))
                if let signal { FlagJudge.judge(bit: bit, name: name, of: signal, entry: entry) }
            }
        }
        return bits.sorted { $0.bit < $1.bit }
    }

    /// `default: [over-power, latched-fault]` or one name.
    static func raw(_ place: YAMLValue, bits: [(bit: Int, name: String)]) -> Int64? {
        let names = place.isSequence ? place.list() ?? [] : [place]
        var raw: Int64 = 0
        for name in names {
            guard let flag = bits.first(where: { $0.name == name.scalarText }) else {
                let known = bits.map { "\"\($0.name)\"" }.joined(separator: ", ")
                name.expected("a flag of this point (\(known))")
                continue
            }
            raw |= 1 << Int64(flag.bit)
        }
        return raw
    }
}
