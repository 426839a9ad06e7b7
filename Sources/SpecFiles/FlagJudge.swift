internal import DeviceSpecs
internal import YAMLReading

/// Judges the bits of a point against the flags that its signal has. The firmware puts its flags where its class has them: a bit
/// beside them would never be set, and one under another's name would be believed.
///
/// What a bit is called is the map's own business, as long as it is not another bit's name, or nearly its own.
enum FlagJudge {
    static func judge(bit: Int, name: String, of signal: SignalDescription, entry: YAMLMapping.Entry) {
        guard !signal.flags.isEmpty else { return }
        let owner = signal.flags.first { $0.bit != bit && $0.names.contains(name) }
        guard let flag = signal.flags.first(where: { $0.bit == bit }) else {
            let remedy =
                owner.map { "\"\(name)\" is bit \($0.bit)" } ?? "leave it out: the firmware never sets it"
            return entry.key.problem(
                "expected a bit that the signal \"\(signal.name)\" has (\(list(signal.flags))), found bit \(bit) for "
                    + "\"\(name)\"; \(remedy)")
        }
        if flag.names.isEmpty || flag.names.contains(name) { return }
        if let owner {
            let meant = flag.names.first ?? ""
            entry.value.problem(
                "expected \"\(meant)\" or a name of its own for bit \(bit) of the signal \"\(signal.name)\", found "
                    + "\"\(name)\", which is bit \(owner.bit)")
        } else if let near = flag.names.nearest(to: name) {
            entry.value.problem(
                "expected a flag of the signal \"\(signal.name)\", found \"\(name)\" for bit \(bit); did you mean "
                    + "\"\(near)\"?")
        }
    }

    /// `0 over-power, 1 comms-watchdog`, or the bits alone where they have no names: `0 to 5`.
    private static func list(_ flags: [KnownFlag]) -> String {
        guard flags.contains(where: { !$0.names.isEmpty }) else {
            return "\(flags.first?.bit ?? 0) to \(flags.last?.bit ?? 0)"
        }
        return flags.map { "\($0.bit) \($0.names.first ?? "")" }.joined(separator: ", ")
    }
}
