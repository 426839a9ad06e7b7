/// One word of alarms: conditions that end with their cause, and faults that stay until they are cleared.
struct AlarmWord<Flags: FlagSet>: Sendable {
    /// Conditions as judged last.
    var live = Flags()
    private var latched = Flags()
    /// Faults latched since start; one that is latched already counts once.
    private(set) var faultCount: Int64 = 0

    /// What a reader sees.
    var all: Flags { live.union(latched) }
    var hasLatched: Bool { !latched.isEmpty }

    mutating func latch(_ fault: Flags) {
        if !latched.contains(fault) { faultCount += 1 }
        latched.formUnion(fault)
    }

    mutating func clearFaults() { latched = Flags() }
}
