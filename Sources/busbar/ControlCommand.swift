internal import ArgumentParser
internal import ControlLoop
internal import Dispatch
internal import RackControl
internal import RealTime
internal import Scenario
internal import Units

struct ControlCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control",
        abstract: "Run the rack controller on real devices.",
        discussion: """
            RACK is a rack file that says where its buses or devices are (at: rtu:/dev/ttyUSB0, at: tcp:HOST:PORT), or a \
            scenario on such a rack: then its controller section holds, and its workload, events and expectations are \
            not looked at.

            When the first scan cycle is over, standard output gets "ready rack=NAME devices=N channels=M \
            period=100ms". A terminal then shows the rack until the end (q ends, ? helps); --status 5s prints lines \
            instead, --no-view nothing. Ctrl-C, SIGTERM, SIGHUP and --for end with the safe state: every tray gets its share of the \
            budget, fans their failsafe duty, and the devices have 2 s to acknowledge it. Ctrl-C again, a second later, leaves at \
            once. With --standby it waits, before all this, until no other controller on this machine has the rack. See \
            docs/control.md.

            Exit codes: 0 done, 1 a device did not take the safe state, 64 wrong usage, 65 the rack, scenario or budget \
            is wrong, 74 a file or port cannot be used, 130 left at once.
            """)

    @Argument(help: "The rack's file, or a scenario's.")
    var rack: String

    @Option(
        help: ArgumentHelp("What the rack may draw: 27.5kW. For a scenario its own when left out.", valueName: "power"),
        transform: PowerOption.parsed)
    var budget: PowerOption?

    @Option(
        help: ArgumentHelp(
            "A file with the budget, read once a second; --budget then says what holds while it is lost.",
            valueName: "path"))
    var budgetFile: String?

    @Option(
        help: "The budget file must be written anew within this, or the budget counts as lost.",
        transform: IntervalOption.parsed)
    var budgetLease = IntervalOption(.seconds(30))

    @Option(help: "The law that caps, or none: watch, and drive fans.")
    var law: ControllerSettings.Law?

    @Option(help: "N+1 survives the loss of any one supply; N uses them all.")
    var redundancy: ControllerSettings.Redundancy?

    @Option(help: ArgumentHelp("Of the scan cycle: 100ms.", valueName: "time"), transform: IntervalOption.parsed)
    var period: IntervalOption?

    @Flag(
        name: .customLong("realtime"),
        help: ArgumentHelp(
            "SCHED_FIFO at priority 80, or at another: --realtime=60; memory locked, deep idle forbidden; each where permitted."
        ))
    var isRealTime = false

    @Option(name: .customLong("realtime-priority"), help: .hidden)
    var realTimePriority: Int?

    @Option(help: ArgumentHelp("Run the control thread on this processor only.", valueName: "number"))
    var cpu: Int?

    @Flag(help: "Wait, touching nothing, while another controller on this machine has the rack; then take its place.")
    var standby = false

    @Flag(help: "Write nothing to any device; print what would be written.")
    var dryRun = false

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("End by itself after this time: 70s; a bare number is seconds.", valueName: "time"),
        transform: IntervalOption.parsed)
    var duration: IntervalOption?

    @Option(help: ArgumentHelp("Write every frame to this pcapng file.", valueName: "file"))
    var capture: String?

    @OptionGroup var display: DisplayOptions

    @Option(help: ArgumentHelp("Output folder (default: runs/control-<rack>).", valueName: "folder"))
    var out: String?

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        if capture?.isEmpty == true { throw ValidationError("--capture names no file") }
        if let realTime = realTimePriority, !RealTimeRequest.priorities.contains(realTime) {
            throw ValidationError("--realtime \(realTime) is outside 1...99")
        }
        if let cpu, cpu < 0 { throw ValidationError("--cpu wants a processor's number, from 0") }
        if let period, !(.milliseconds(1)...Interval.seconds(60)).contains(period.interval) {
            throw ValidationError("--period \(period.text) is outside 1 ms ... 60 s")
        }
        if standby, dryRun {
            throw ValidationError("--standby waits to write, and --dry-run writes nothing; leave one of them out")
        }
        if budgetLease.interval < .seconds(2) {
            throw ValidationError("--budget-lease \(budgetLease.text) is below 2 s, for the file is read once a second")
        }
        if let duration, duration.interval > .seconds(Self.longest) {
            throw ValidationError("--for wants at most ten years")
        }
    }

    /// Ten years, in seconds: longer than any bench stays up, and far within the range of an `Interval`.
    private static let longest: Int64 = 315_360_000

    func run() throws {
        StandardStreams.occupyClosed()
        var input = try ControlInput(self)
        let flag = InterruptFlag()
        let sources = flag.watch(InterruptFlag.usual + InterruptFlag.hangUp)
        defer { sources.forEach { $0.cancel() } }
        let claim: RackClaim
        if standby {
            guard let waited = try RackClaim.awaited(input.plan, until: flag) else {
                StandardStreams.error("standby: ended while another controller has the rack; nothing was touched")
                return
            }
            claim = waited
            if claim.former != nil { input.takeOver() }
        } else {
            claim = try RackClaim(input.plan, isDryRun: dryRun)
        }
        let session = try ControlSession(input, self, claim)
        try session.run(until: flag)
    }

    /// The controller's folder stays as it left it.
    func usualFolder(rack: String) -> String { "runs/control-\(rack)" + (standby ? "-standby" : "") }

    /// 80: above the kernel's threaded interrupts, which run at 50, and below its watchdogs, which run at 99.
    var priority: Int? { realTimePriority ?? (isRealTime ? 80 : nil) }

    /// The parser knows options with a value and options without, and none that may have one.
    static func spelledOut(_ arguments: [String]) -> [String] {
        arguments.map { $0.hasPrefix("--realtime=") ? "--realtime-priority=" + $0.dropFirst(11) : $0 }
    }

    var repeatingCommand: String {
        var words = ["busbar control", RunCommand.quoted(rack)]
        if let budget { words.append("--budget " + RunCommand.quoted(budget.power.words)) }
        if let budgetFile {
            words.append("--budget-file \(RunCommand.quoted(budgetFile)) --budget-lease \(budgetLease.text)")
        }
        if let law { words.append("--law \(law.rawValue)") }
        if let redundancy { words.append("--redundancy \(redundancy.rawValue)") }
        if let period { words.append("--period \(period.text)") }
        if let priority { words.append("--realtime=\(priority)") }
        if let cpu { words.append("--cpu \(cpu)") }
        if standby { words.append("--standby") }
        if dryRun { words.append("--dry-run") }
        if let duration { words.append("--for \(duration.text)") }
        return words.joined(separator: " ")
    }
}
