internal import ControlLoop
internal import RackControl

/// Who took the safe state and who did not, in words.
struct SafeStateText {
    let lines: [String]
    /// Whether every device that was asked acknowledged it.
    let held: Bool

    init(_ plan: ControlPlan, _ states: [SafeStateProgress], isDryRun: Bool) {
        let taken = states.count { $0 == .taken }
        let missing = states.indices.filter { states[$0] == .pending || states[$0] == .outOfReach }
        var lines = ["safe state: \(taken) of \(taken + missing.count) devices took it"]
        if isDryRun { lines[0] += " (dry run: nothing was written)" }
        lines += missing.map { device in
            let reason =
                states[device] == .pending
                ? "did not acknowledge it in time; its own comms watchdog remains"
                : "is out of reach; its own comms watchdog remains, as far as it was armed"
            return "safe state: \(plan.name(ofDevice: device)) \(reason)"
        }
        self.lines = lines
        held = missing.isEmpty || isDryRun
    }
}
