internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Swarm
internal import Units

struct SwarmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swarm",
        abstract: "Run scenarios under trouble drawn from many seeds, and judge their safety.",
        discussion: """
            Each seed gives a schedule of trouble within what the scenario's redundancy promises to survive, then the \
            rack heals and must converge. A scenario's section "swarm" says what is drawn; without one the usual is.

            A seed that breaks a rule is told in a line that repeats it, and the first one of each rule is shrunk to a \
            scenario file in the output folder, which fails under "busbar run" for the same reason. --seed replays one \
            seed with its schedule; with --out it leaves the files of a whole run.

            What is done stands in swarm.json of the output folder; the same call goes on from there.

            Exit codes: 0 nothing was broken, 1 something was, 64 wrong usage, 65 a scenario is wrong, 74 a file \
            cannot be read or written, or belongs to another swarm, 130 interrupted.
            """)

    @Argument(help: "Scenario files.")
    var scenarios: [String]

    @Option(help: ArgumentHelp("How many seeds to run.", valueName: "number"))
    var seeds: UInt64 = 1000

    @Option(help: ArgumentHelp("The first seed.", valueName: "number"))
    var firstSeed: UInt64 = 1

    @Option(help: ArgumentHelp("Replay this one seed and say all about it.", valueName: "number"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Runs at a time (default: one per core).", valueName: "number"))
    var jobs: Int?

    @Option(help: ArgumentHelp("Output folder (default: runs/swarm-<scenario>).", valueName: "folder"))
    var out: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a parameter or any single value of the scenario. Repeatable.", valueName: "path=value"))
    var settings: [Assignment] = []

    @Option(help: ArgumentHelp("End after so many failing runs; 0 goes on to the end.", valueName: "number"))
    var stopAfter = 0

    @Flag(help: "Begin anew, whatever the output folder holds of an earlier swarm.")
    var restart = false

    @Flag(help: "Leave failing schedules as they are.")
    var noShrink = false

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        if seeds == 0 { throw ValidationError("--seeds must be at least 1") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
        if firstSeed.addingReportingOverflow(seeds).overflow { throw ValidationError("--first-seed is too high") }
        if scenarios.count > 1, out != nil {
            throw ValidationError("--out names one folder; give one scenario with it")
        }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        let campaigns = try scenarios.map { try SwarmSource(path: $0, settings: settings) }
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        if let seed {
            var held = true
            for source in campaigns { held = try SeedReplay(source: source, seed: seed, out: out).run() && held }
            if !held { throw ExitStatus.failed }
            return
        }
        var held = true
        for source in campaigns where !flag.isRaised {
            let session = SwarmSession(
                source: source, folder: out ?? "runs/swarm-\(source.campaign.scenario.name)", first: firstSeed,
                count: seeds, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount, stopAfter: stopAfter,
                isRestarted: restart, shrinks: !noShrink)
            held = try session.run(until: flag) && held
        }
        if flag.isRaised { throw ExitStatus.interrupted }
        if !held { throw ExitStatus.failed }
    }
}

/// A scenario as a swarm takes it, and the words with which a person calls it again.
struct SwarmSource {
    let path: String
    let settings: [Assignment]
    let campaign: SwarmCampaign

    init(path: String, settings: [Assignment]) throws(ExitCode) {
        self.path = path
        self.settings = settings
        // Both ends of every varied value must make a scenario.
        let definition = try ScenarioLoading.load(path, settings: settings, judgesRanges: true)
        guard let swarm = definition.swarm else { throw ExitStatus.badInput }
        let overrides = settings.map { (path: $0.path, value: $0.value) }
        let files = ProjectFiles(root: ProjectRoot.folder(near: path))
        // Read once: a file that changes while a swarm goes on must not change the swarm.
        let text = ProjectFiles.readableText(at: path) ?? ""
        campaign = SwarmCampaign(definition, settings: swarm, version: BusbarVersion.text) { values in
            let (definition, problems) = ScenarioFile.read(
                text, file: path, overrides: overrides + values, files: files)
            return problems.isEmpty ? definition : nil
        }
        guard campaign.canDraw else {
            StandardStreams.error(
                "\(path): of the kinds of trouble that its swarm names this rack can have none; give it other kinds")
            throw ExitStatus.badInput
        }
    }

    /// `--set` words as they were given.
    var assignments: String {
        settings.map { " --set \(RunCommand.quoted("\($0.path)=\($0.value)"))" }.joined()
    }

    func repeatingCall(seed: UInt64) -> String {
        "busbar swarm \(RunCommand.quoted(path))\(assignments) --seed \(seed)"
    }

    /// The schedule as a scenario file that is to be written at `destination`; `nil` when the original can no longer be read.
    func scenarioText(of schedule: TroubleSchedule, comment: [String], writtenTo destination: String) -> String? {
        guard let text = ProjectFiles.readableText(at: path) else { return nil }
        let safety = campaign.settings.safety
        return ScenarioRewriting.text(
            of: text, file: path,
            overrides: settings.map { (path: $0.path, value: $0.value) } + schedule.values,
            with: .init(
                comment: comment, duration: Trouble.seconds(schedule.duration), seed: schedule.seed,
                safety: "{healed-by: \(Trouble.seconds((safety.healedBy - .start).milliseconds)), "
                    + "settles-within: \(Trouble.seconds(safety.settlesWithin.milliseconds))}",
                events: schedule.troubles.map { $0.line(in: campaign.scenario.rack) }),
            writtenTo: destination, files: ProjectFiles(root: ProjectRoot.folder(near: destination)))
    }
}
