internal import ArgumentParser
internal import Capture
internal import Foundation
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
            One --bus per place where clients meet a bus: \(BusOption.forms). Port 0 takes any that is free. When all \
            can be used, one line each on standard output says where: "ready bus=trays at=127.0.0.1:1502".

            The scenario's events happen at their times; the rack goes on behind its duration until Ctrl-C or --for. \
            Then the report is written as by "busbar run". Exit code 1 when an expectation or check failed, 0 \
            otherwise, 74 when a port or pseudo-terminal cannot be opened.
            """)

    enum Controller: String, ExpressibleByArgument, CaseIterable {
        case builtin, none
    }

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml.")
    var scenario: String

    @Option(name: .customLong("bus"), parsing: .singleValue, help: "A bus and where to serve it; several times.")
    var buses: [BusOption] = []

    @Option(help: "builtin: Busbar's own controller acts too; none: the rack is left to its clients.")
    var controller = Controller.none

    @Option(help: "Simulated seconds per second, 0.1 to 100.")
    var speed = 1.0

    @Option(help: "Seed of everything random in the run.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Set a parameter or any value of the scenario: demand=80%, controller.period=200ms.")
    var settings: [Assignment] = []

    @Option(help: "Output folder (default: runs/<scenario>).")
    var out: String?

    @Option(name: .customLong("for"), help: "End by itself after so many seconds of the rack's time.")
    var seconds: Double?

    @Option(help: "Connections at a time on one port.")
    var connections = ServerLimits().connections

    @Option(help: "Close a connection on which nothing came for so many seconds; 0 never does.")
    var idleTimeout = Double(ServerLimits().idleTimeout.seconds)

    @Option(help: "Take live faults and events on this Unix socket; busbar inject talks to it.")
    var controlSocket: String?

    func validate() throws {
        guard !buses.isEmpty else { throw ValidationError("at least one --bus is needed: \(BusOption.forms)") }
        guard (0.1...100).contains(speed) else {
            throw ValidationError("--speed \(speed) is outside 0.1...100; 1 is real time")
        }
        guard seconds.map({ $0 > 0 && $0 <= Self.longest }) ?? true else {
            throw ValidationError("--for wants a number of seconds above 0")
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
        let planned = seconds.map { Interval.nanoseconds(Int64($0 * 1e9)) }
        let judged = Instant.start + (planned ?? definition.duration)
        definition.duration = planned ?? .seconds(Int64(Self.longest))
        let flag = InterruptFlag()
        let sources = flag.watch()
        defer { sources.forEach { $0.cancel() } }
        let files = try RunFiles(
            definition, in: out ?? "runs/\(definition.name)", seed: seed, served: bindings.map(CapturedBus.init))
        let simulation = RackSimulation(
            definition, seed: seed, version: BusbarVersion.text, recorder: files.recorder,
            hasController: controller == .builtin)
        let (statistics, wallSeconds) = try serve(simulation, bindings, control(of: definition), until: flag)
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

    private func bindings(in definition: ScenarioDefinition) throws -> [BusBinding] {
        let names = definition.rack.buses.map(\.name)
        let unknown = buses.filter { !names.contains($0.name) }
        for option in unknown {
            StandardStreams.error(
                "--bus \(option.name)=...: the rack \(definition.rack.name) has no bus \"\(option.name)\"; it has "
                    + names.joined(separator: ", "))
        }
        if !unknown.isEmpty { throw ExitStatus.badInput }
        return buses.compactMap { option in
            names.firstIndex(of: option.name).map {
                BusBinding(name: option.name, bus: $0, endpoint: option.endpoint)
            }
        }
    }

    private func serve(
        _ simulation: RackSimulation, _ bindings: [BusBinding], _ control: ControlPlace?, until flag: InterruptFlag
    ) throws -> (statistics: ServerStatistics, wallSeconds: Double) {
        var limits = ServerLimits()
        limits.connections = connections
        limits.idleTimeout = .nanoseconds(Int64(idleTimeout * 1e9))
        let clock = ContinuousClock()
        let start = clock.now
        do throws(ServerFailure) {
            let statistics = try RackServer.serve(
                simulation, bindings: bindings, limits: limits, speed: speed, control: control,
                isInterrupted: { flag.isRaised }, ready: Self.announce)
            return (statistics, (clock.now - start).inSeconds)
        } catch {
            StandardStreams.error("\(error)")
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

    /// The form is documented in docs/serving.md; scripts wait for it.
    private static func announce(_ buses: [ReadyBus]) {
        for bus in buses { print("ready bus=\(bus.name) at=\(bus.place)") }
        fflush(nil)
    }

    private static func text(of statistics: ServerStatistics) -> String {
        "served \(statistics.requests) requests on \(statistics.accepted) connections   refused \(statistics.refused)   "
            + "framing violations \(statistics.violations)   idle \(statistics.idle)   "
            + "greatest lag \(statistics.greatestLag.milliseconds) ms"
    }

    private var repeatingCommand: String {
        let assignments = settings.map { " --set \(RunCommand.quoted("\($0.path)=\($0.value)"))" }.joined()
        let places = buses.map { " --bus \(RunCommand.quoted($0.text))" }.joined()
        return "busbar serve \(RunCommand.quoted(scenario))\(places) --controller \(controller.rawValue)"
            + " --speed \(speed) --seed \(seed)\(assignments)"
    }
}

extension CapturedBus {
    init(_ binding: BusBinding) {
        switch binding.endpoint {
        case .tcp(let host, let port):
            self.init(name: "\(binding.name)@\(host):\(port)", framing: .tcp, details: "served, tcp")
        case .rtuOverTCP(let host, let port):
            self.init(name: "\(binding.name)@\(host):\(port)", framing: .rtu, details: "served, rtu over tcp")
        case .pseudoTerminal:
            self.init(name: "\(binding.name)@pty", framing: .rtu, details: "served, pseudo-terminal")
        }
    }
}
