internal import ArgumentParser
internal import Capture
internal import ModbusMaster
internal import ModbusServer
internal import RackControl
internal import Reports
internal import RunRecords
internal import Scenario
internal import Simulation
internal import Units

/// One scenario, first in virtual time with the built-in controller, then in real time: the same simulation served on
/// this machine's sockets and pseudo-terminals, and the controller of `busbar control` on them.
struct TwoWorlds {
    struct Virtual {
        var result: RunResult
        var samples: SampleKeeper
    }

    private let definition: ScenarioDefinition
    private let over: RealWorld
    private let seed: UInt64
    private let command: String
    private let showsProgress: Bool

    /// The controller's start-up, after which every device was found or found missing; but half of a shorter run.
    private var from: Double { min(5, seconds(definition.duration) / 2) }

    init(_ definition: ScenarioDefinition, over: RealWorld, seed: UInt64, command: String, showsProgress: Bool) {
        var definition = definition
        if definition.safety != nil {
            StandardStreams.error(
                "\(definition.name): the rules of its safety section are judged by \"busbar run\" without --over only")
            definition.safety = nil
        }
        self.definition = definition
        self.over = over
        self.seed = seed
        self.command = command
        self.showsProgress = showsProgress
    }

    /// `drive` runs the simulation and returns the seconds that it took.
    func runVirtually(_ drive: (RackSimulation) -> Double) throws -> Virtual {
        let samples = SampleKeeper()
        let simulation = RackSimulation(definition, seed: seed, version: BusbarVersion.text, recorder: samples)
        let result = simulation.result(wallSeconds: drive(simulation), command: command)
        if result.interrupted {
            StandardStreams.error("interrupted in virtual time; nothing was written")
            throw ExitStatus.interrupted
        }
        return Virtual(result: result, samples: samples)
    }

    func runReally(
        beside virtual: Virtual, in folder: String, capture: CaptureOptions, until flag: InterruptFlag
    ) throws -> (files: RunFiles, result: RunResult) {
        let bindings = bindings
        let comparer = SampleComparison(with: virtual.samples, from: from)
        var begun: (files: RunFiles, simulation: RackSimulation)?
        let wallSeconds: Double
        let realTime: RealTimeRecord?
        (wallSeconds, realTime) = try serve(
            bindings, until: flag, keepUp: { begun?.files.recorder.keepUp() }
        ) { [definition, seed] in
            let files = try RunFiles(
                definition, in: folder, seed: seed, capture: capture, served: bindings.map(CapturedBus.init))
            let simulation = RackSimulation(
                definition, seed: seed, version: BusbarVersion.text,
                recorder: RecorderGroup([files.recorder, comparer]), hasController: false, isControlledOutside: true)
            begun = (files, simulation)
            flag.part(saying: files.parting, saving: files.recorder.saveInHaste)
            return simulation
        }
        guard let (files, simulation) = begun else { throw ExitStatus.inputOutput }
        var result = simulation.result(wallSeconds: wallSeconds, command: command)
        result.comparison = WorldComparison(
            over: over.rawValue, digest: virtual.result.digest,
            verdicts: VerdictPair.pairs(virtual: virtual.result, real: result), from: from,
            differences: comparer.differences, series: virtual.result.series)
        // What happens on sockets and in threads never happens twice alike.
        result.digest = virtual.result.digest
        result.realTime = realTime
        return (files, result)
    }

    // MARK: The real world

    /// The port of a serial bus is a gateway whose line keeps its pace, as a pseudo-terminal does.
    private var bindings: [BusBinding] {
        definition.rack.buses.enumerated().map { index, bus in
            let tcp = BusBinding.Endpoint.tcp(host: "127.0.0.1", port: 0)
            switch bus.medium {
            case .tcp: return BusBinding(name: bus.name, bus: index, endpoint: tcp)
            case .rtu:
                return BusBinding(
                    name: bus.name, bus: index, endpoint: over == .pty ? .pseudoTerminal(link: nil) : tcp, pace: .line)
            }
        }
    }

    private func serve(
        _ bindings: [BusBinding], until flag: InterruptFlag, keepUp: @escaping () -> Void,
        begin: @escaping () throws -> RackSimulation
    ) throws -> (wallSeconds: Double, realTime: RealTimeRecord?) {
        var limits = ServerLimits()
        // Every device of a bus has a connection of its own.
        limits.connections = max(limits.connections, definition.rack.devices.count)
        var simulation: RackSimulation?
        var controller: SocketController?
        var trouble: MasterFailure?
        var progress = ProgressBar(title: definition.name, isVisible: showsProgress)
        let clock = ContinuousClock()
        let start = clock.now
        defer { progress.clear() }
        do {
            _ = try RackServer.serve(
                bindings: bindings, limits: limits, speed: 1,
                begin: {
                    let begun = try begin()
                    simulation = begun
                    return begun
                },
                isInterrupted: { flag.isRaised || trouble != nil },
                ready: { places in
                    do throws(MasterFailure) {
                        controller = try SocketController(definition, bindings, at: places)
                        controller?.start()
                    } catch {
                        trouble = error
                    }
                },
                notice: { StandardStreams.error($0.text) },
                watch: { _ in
                    keepUp()
                    guard let simulation, let controller else { return }
                    for refusal in controller.exchange(with: simulation) {
                        StandardStreams.error("not granted: \(refusal)")
                    }
                    show(simulation, &progress)
                })
        } catch let failure as ServerFailure {
            StandardStreams.error("\(failure)")
            throw ExitStatus.inputOutput
        }
        let wallSeconds = (clock.now - start).inSeconds
        let realTime = controller?.stop()
        if let trouble {
            StandardStreams.error("\(trouble)")
            throw ExitStatus.inputOutput
        }
        return (wallSeconds, realTime)
    }

    private func show(_ simulation: RackSimulation, _ progress: inout ProgressBar) {
        let (reached, all) = (simulation.reachedSeconds, simulation.durationSeconds)
        progress.show(
            reached / all,
            note:
                "real time over \(over.rawValue): takes \(Int(all.rounded(.up))) s, \(Int((all - reached).rounded(.up))) s left"
        )
    }

    private func seconds(_ interval: Interval) -> Double { Double(interval.rawValue) / 1e9 }
}
