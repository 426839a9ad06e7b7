internal import ModbusServer
internal import RunRecords
internal import Scenario
internal import Simulation
internal import TerminalView
internal import Units

/// Shows a served rack to people while it runs: a view in a terminal, status lines, or nothing.
///
/// Lives on the thread that serves: a look at the rack needs no lock, and what is shown is of one instant.
final class ServeDisplay {
    private let view: LiveView?
    private var lines: StatusLines?
    private let recent = RecentEvents()
    private let scenario: ScenarioDefinition
    private let bindings: [BusBinding]
    private let hasController: Bool
    /// When the run ends by itself.
    private let end: Interval?
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var simulation: RackSimulation?
    private var places: [String] = []
    private var held: [String] = []
    private var isClosed = false
    /// By bus: requests by the wall's time, occupied time by the rack's.
    private var requestRates: [BusRate]
    private var loads: [BusRate]

    init(
        _ options: DisplayOptions, _ scenario: ScenarioDefinition, bindings: [BusBinding], hasController: Bool,
        end: Interval?
    ) {
        view = options.view()
        lines = options.status.map(StatusLines.init)
        self.scenario = scenario
        self.bindings = bindings
        self.hasController = hasController
        self.end = end
        start = clock.now
        requestRates = scenario.rack.buses.map { _ in BusRate() }
        loads = requestRates
    }

    /// Takes part in a run's recording where it shows events.
    func recorder(with files: GrowingFiles) -> any RunRecorder {
        view == nil ? files : RecorderGroup([files, recent])
    }

    /// The rack that is to be shown, once there is one.
    func show(_ simulation: RackSimulation) { self.simulation = simulation }

    /// Where clients meet the buses, in the order of the bindings.
    func opened(_ ready: [ReadyBus]) { places = ready.map(\.place) }

    /// Shows what is due. False when the person at the keys wants the run to end.
    func tick(statistics: () -> ServerStatistics) -> Bool {
        guard let simulation, view != nil || lines != nil else { return true }
        let elapsed = clock.now - start
        let now = Instant(rawValue: Int64(elapsed.inSeconds * 1e9))
        let look = { self.snapshot(of: simulation, statistics(), at: now) }
        lines?.tick(at: now, snapshot: look)
        return view?.tick(at: now, snapshot: look) ?? true
    }

    /// Tells a person something at once: a line on the error stream behind the rack's time, or, where that would tear the
    /// picture, an event in the view now and the line when the view is closed.
    func notice(_ notice: ServerNotice) {
        let time = simulation.map { $0.reached - .start }
        let line = time.map { RunningTime.line(notice.text, at: $0) } ?? notice.text
        guard view != nil, !isClosed else {
            StandardStreams.error(line)
            return
        }
        // What is in the event log comes from there.
        if !notice.isInEventLog { recent.note(LiveEvent(at: time ?? .zero, text: notice.text, isMajor: true)) }
        held.append(line)
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        view?.close()
        for text in held { StandardStreams.error(text) }
    }

    // MARK: What is shown

    private func snapshot(
        of simulation: RackSimulation, _ statistics: ServerStatistics, at now: Instant
    ) -> LiveSnapshot {
        let values = simulation.liveValues
        var snapshot = LiveSnapshot()
        snapshot.title = scenario.name
        snapshot.activity = "serving"
        snapshot.rackTime = simulation.reached - .start
        snapshot.wallTime = now - .start
        snapshot.end = end
        snapshot.lag = statistics.lag
        snapshot.controller = hasController ? "builtin" : "none"
        snapshot.safetyState = values.safetyState
        snapshot.power = values.power
        snapshot.budget = values.operatorBudget
        snapshot.effectiveBudget = values.budget
        snapshot.budgetSource =
            values.budget < values.operatorBudget
            ? "supplies \(scenario.controller.redundancy.rawValue)" : "operator"
        snapshot.breakerHeat = values.breakerHeat
        snapshot.workingSupplies = values.workingSupplies
        snapshot.installedSupplies = values.installedSupplies
        snapshot.trays = values.trays.map(LiveTray.init)
        snapshot.buses = values.buses.indices.map { liveBus($0, values, statistics, simulation.reached, now) }
        snapshot.cycles = values.cycles
        snapshot.lateCycles = values.lateCycles
        snapshot.events = recent.events
        snapshot.faults = values.faults
        return snapshot
    }

    private func liveBus(
        _ index: Int, _ values: LiveValues, _ statistics: ServerStatistics, _ reached: Instant, _ now: Instant
    ) -> LiveBus {
        let counted = values.buses[index]
        requestRates[index].take(requests: counted.requests, at: now)
        loads[index].take(requests: 0, busy: counted.busy / Int64(max(1, counted.channels)), at: reached)
        var bus = LiveBus(name: counted.name)
        bus.kind = counted.kind
        bus.load = loads[index].load
        bus.requestsPerSecond = requestRates[index].requestsPerSecond
        bus.timeouts = counted.timeouts
        bus.exceptions = counted.exceptions
        bus.badFrames = counted.badFrames
        let served = bindings.indices.filter { bindings[$0].bus == index }
        guard !served.isEmpty else { return bus }
        bus.place = served.filter(places.indices.contains).map { places[$0] }.joined(separator: " ")
        let counts = served.filter { statistics.clients.indices.contains($0) && bindings[$0].countsClients }
        if !counts.isEmpty { bus.clients = counts.reduce(0) { $0 + statistics.clients[$1] } }
        return bus
    }
}

extension BusBinding {
    /// A line has no connections that could be counted.
    fileprivate var countsClients: Bool {
        switch endpoint {
        case .tcp, .rtuOverTCP: true
        default: false
        }
    }
}

extension LiveTray {
    init(_ values: LiveValues.Tray) {
        self.init(name: values.name)
        power = values.power
        askedCap = values.askedCap
        heldCap = values.heldCap
        demand = values.demand
        floor = values.floor
        ceiling = values.ceiling
        temperature = values.temperature
        duty = values.duty
        switch values.link {
        case .online: conditions.append(.online)
        case .coming: conditions.append(.arming)
        case .lost: conditions.append(.lost)
        }
        if values.isStale { conditions.append(.stale) }
        if values.isThrottling { conditions.append(.throttling) }
        if values.hasFallenBack { conditions.append(.fallback) }
        if values.isInFailsafe { conditions.append(.failsafe) }
        if values.isBraked { conditions.append(.brake) }
        if !values.isPowered { conditions.append(.off) }
    }
}
