internal import ArgumentParser
internal import Capture
internal import Foundation
internal import ModbusMaster
internal import ModbusServer
internal import Reports
internal import RunRecords
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Units

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a scenario's rack to Modbus clients, in real time.",
        discussion: """
            One --bus per place where clients meet a bus: \(BusOption.forms). Port 0 takes any that is free. Places may \
            also stand in the scenario's section "serve"; a --bus replaces those of its bus. When all can be used, one \
            line each on standard output says where: "ready bus=trays at=127.0.0.1:1502".

            The scenario's events happen at their times; the rack goes on behind its duration until Ctrl-C or --for. \
            Then the report is written as by "busbar run". Exit code 1 when an expectation or check failed, 0 \
            otherwise, 74 when a port, pseudo-terminal or serial device cannot be opened.
            """)

    enum Controller: String, ExpressibleByArgument, CaseIterable {
        case builtin, none
    }

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml.")
    var scenario: String

    @Option(
        name: .customLong("bus"), parsing: .singleValue,
        help: ArgumentHelp("A bus and where to serve it. Repeatable.", valueName: "name=place"),
        transform: BusOption.parsed)
    var buses: [BusOption] = []

    @Option(help: "builtin: Busbar's own controller acts too; none: the rack is left to its clients.")
    var controller = Controller.none

    @Option(help: "Simulated seconds per second, 0.1 to 100.")
    var speed = 1.0

    @Option(help: "Seed of everything random in the run.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Set a parameter or any value of the scenario: demand=80%, controller.period=200ms.",
        transform: Assignment.parsed)
    var settings: [Assignment] = []

    @Option(help: "Output folder (default: runs/<scenario>).")
    var out: String?

    @OptionGroup var capture: CaptureOptions

    @OptionGroup var display: DisplayOptions

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "End by itself after this time of the rack: 70s; a bare number is seconds.", valueName: "time"),
        transform: IntervalOption.parsed)
    var length: IntervalOption?

    @Option(help: "Connections at a time on one port.")
    var connections = ServerLimits().connections

    @Option(help: "Close a connection on which nothing came for so many seconds; 0 never does.")
    var idleTimeout = Double(ServerLimits().idleTimeout.seconds)

    @Option(help: "Take live faults and events on this Unix socket; busbar inject talks to it.")
    var controlSocket: String?
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Let in clients from this address or network only, such as 10.1.0.0/16. Repeatable.",
            valueName: "address[/bits]"))
    var allow: [AllowOption] = []

    @Option(
        help: ArgumentHelp(
            "Milliseconds that a TCP port waits for a unit before it answers with exception 0x0B.", valueName: "ms"))
    var gatewayPatience = Int(RackSimulation.usualGatewayPatience.milliseconds)

    func validate() throws {
        if let mistakes = mistakesOfPlaces { throw ValidationError(mistakes) }
        guard (1...60_000).contains(gatewayPatience) else {
            throw ValidationError("--gateway-patience wants 1 to 60000 milliseconds")
        }
        guard (0.1...100).contains(speed) else {
            throw ValidationError("--speed \(speed) is outside 0.1...100; 1 is real time")
        }
        guard length.map({ $0.interval <= .seconds(Int64(Self.longest)) }) ?? true else {
            throw ValidationError("--for wants a time of at most ten years")
        }
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        if controlSocket?.isEmpty == true { throw ValidationError("--control-socket names no file") }
        guard connections >= 1 else { throw ValidationError("--connections wants 1 or more") }
        guard idleTimeout >= 0, idleTimeout <= Self.longest else {
            throw ValidationError("--idle-timeout wants seconds, or 0 for never")
        }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        var definition = try ScenarioLoading.load(scenario, settings: settings)
        let bindings = try bindings(in: definition)
        let planned = length?.interval
        // The scenario's own claims are over with its duration, however much longer the rack was to be served.
        let judged = Instant.start + min(planned ?? definition.duration, definition.duration)
        definition.duration = planned ?? .seconds(Int64(Self.longest))
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let served = bindings.map(CapturedBus.init)
        let folder = out ?? "runs/\(definition.name)"
        var begun: (files: RunFiles, simulation: RackSimulation)?
        let place = control(of: definition)
        let display = ServeDisplay(
            display, definition, bindings: bindings, hasController: controller == .builtin, end: planned)
        let (statistics, wallSeconds) = try serve(
            bindings, place, until: flag, shownBy: display, keepUp: { begun?.files.recorder.keepUp() }
        ) { [definition] in
            let files = try RunFiles(definition, in: folder, seed: seed, capture: capture, served: served)
            let simulation = RackSimulation(
                definition, seed: seed, version: BusbarVersion.text, recorder: display.recorder(with: files.recorder),
                hasController: controller == .builtin)
            simulation.gatewayPatience = .milliseconds(Int64(gatewayPatience))
            display.show(simulation)
            begun = (files, simulation)
            flag.part(saying: files.parting, saving: files.recorder.saveInHaste)
            return simulation
        }
        guard let (files, simulation) = begun else { return }
        simulation.end(at: judged)
        let result = simulation.result(wallSeconds: wallSeconds, command: repeatingCommand)
        let failures = files.finish(with: result)
        try StandardStreams.output(SummaryText(result, report: files.folder.path(of: "report.html")).text)
        try StandardStreams.output(Self.text(of: statistics))
        for failure in failures { StandardStreams.error(failure) }
        if !failures.isEmpty { throw ExitStatus.inputOutput }
        if result.outcomes.contains(where: { $0.verdict == .failed }) || result.checks.contains(where: { !$0.held }) {
            throw ExitStatus.failed
        }
    }

    /// Ten years: longer than any bench stays up, and far within the range of an `Interval`.
    private static let longest = 315_360_000.0

    /// `begin` makes the output folder and the rack once every place is open: a port in use leaves an earlier report as it
    /// was.
    private func serve(
        _ bindings: [BusBinding], _ control: ControlPlace?, until flag: InterruptFlag,
        shownBy display: ServeDisplay, keepUp: @escaping () -> Void, begin: @escaping () throws -> RackSimulation
    ) throws -> (statistics: ServerStatistics, wallSeconds: Double) {
        var limits = ServerLimits()
        limits.connections = connections
        limits.idleTimeout = .nanoseconds(Int64(idleTimeout * 1e9))
        limits.allowed = allow.compactMap(\.range)
        let clock = ContinuousClock()
        let start = clock.now
        defer { display.close() }
        do {
            let statistics = try RackServer.serve(
                bindings: bindings, limits: limits, speed: speed, control: control, begin: begin,
                isInterrupted: { flag.isRaised },
                ready: {
                    announce($0)
                    display.opened($0)
                },
                notice: { display.notice($0) },
                watch: {
                    keepUp()
                    // Once the end has begun nothing is drawn any more.
                    if !flag.isRaised, !display.tick(statistics: $0) { flag.raise() }
                })
            return (statistics, (clock.now - start).inSeconds)
        } catch var failure as ServerFailure {
            if let holder = failure.holder { failure.reason = "\(PlaceHolder(process: holder)) serves there" }
            StandardStreams.error("\(failure)")
            throw ExitStatus.inputOutput
        }
    }

    /// What is put on live is read as the scenario's own events are.
    private func control(of definition: ScenarioDefinition) -> ControlPlace? {
        guard let controlSocket else { return nil }
        let reader = LiveEventReader(definition)
        return ControlPlace(path: controlSocket) { text in
            let (events, problems) = reader.read(text)
            return problems.isEmpty ? .events(events) : .refused(problems.map { "\($0)" })
        }
    }

    private static func text(of statistics: ServerStatistics) -> String {
        "served \(statistics.requests) requests on \(statistics.accepted) connections   refused \(statistics.refused)   "
            + "turned away \(statistics.turnedAway)   framing violations \(statistics.violations)   idle \(statistics.idle)   "
            + "greatest lag \(statistics.greatestLag.milliseconds) ms"
    }

    private var repeatingCommand: String {
        let assignments = settings.map { " --set \(RunCommand.quoted("\($0.path)=\($0.value)"))" }.joined()
        let places = buses.map { " --bus \(RunCommand.quoted($0.text))" }.joined()
        return "busbar serve \(RunCommand.quoted(scenario))\(places) --controller \(controller.rawValue)"
            + " --speed \(speed) --gateway-patience \(gatewayPatience) --seed \(seed)\(assignments)"
    }
}
