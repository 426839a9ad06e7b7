internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// Checkers that judge every run, whatever its scenario expects. They are written against the plant's truth and the
/// octets on the lines, independently of the controller and the firmware that they judge.
struct RunChecks {
    /// Highest DC power of the rack, W; highest die temperature, degC; highest heat state of any breaker, 0...1.
    private(set) var peakPower = 0.0
    private(set) var hottest = -273.0
    private(set) var greatestHeat = 0.0
    private(set) var capping: CappingFigures
    private(set) var loads: WorstLoads
    /// The checker's own integral of the power that the trays draw, J.
    private var energyDrawn = 0.0

    private var talkers: LineCheck
    private var frames = FrameCheck()
    private var caps: CapCheck
    private var watchdogs: WatchdogCheck
    /// Where there are two controllers.
    private var masters: MasterCheck?

    init(_ scenario: ScenarioDefinition, hasController: Bool) {
        loads = WorstLoads(scenario.rack.plant)
        capping = CappingFigures(scenario)
        talkers = LineCheck(busCount: scenario.rack.buses.count)
        caps = CapCheck(scenario, hasController: hasController)
        watchdogs = WatchdogCheck(scenario)
        masters = scenario.controller.load.standby.map { MasterCheck(lease: $0.takesOverAfter) }
    }

    mutating func noteEvent(at instant: Instant) { caps.noteEvent(at: instant) }

    /// A controller without memory begins to find and arm the devices.
    mutating func noteControllerBegan(at instant: Instant) { caps.excuse(until: instant + CapCheck.startUp) }

    mutating func requested(by seat: Int, from begin: Instant, to end: Instant) {
        masters?.requested(by: seat, from: begin, to: end)
    }

    mutating func transactionEnded(
        on channel: BusChannel, begunAt: Instant, verdict: BusReply, isDisturbed: Bool
    ) {
        if channel.isSerial { talkers.transaction(on: channel, begunAt: begunAt) }
        frames.transaction(verdict, isDisturbed: isDisturbed)
    }

    /// A request from outside was carried out, or a fault of the scenario fell on it.
    mutating func outsideAsked(isDisturbed: Bool) { frames.outsideAsked(isDisturbed: isDisturbed) }

    mutating func outsideTurnEnded(on channel: BusChannel, at instant: Instant) {
        talkers.outsideTurn(on: channel, endedAt: instant)
    }

    /// Every plant step.
    mutating func step(_ run: RackSimulation) {
        let power = run.plant.rackPower
        peakPower = max(peakPower, power)
        energyDrawn += power * 0.001
        capping.step(run)
        for feed in run.scenario.rack.plant.feeds.indices {
            greatestHeat = max(greatestHeat, run.plant.breakerHeat(feed))
        }
    }

    /// Every telemetry sample.
    mutating func sample(_ run: RackSimulation) {
        for tray in 0..<run.plant.trayCount { hottest = max(hottest, run.plant.hottestAccelerator(tray)) }
        capping.sample(run, interval: RackSimulation.telemetryInterval)
        loads.sample(run)
        // Where nobody acts, nobody could fit the caps to what is left.
        if run.hasController, !run.isActing { caps.noteEvent(at: run.now) }
        caps.sample(run)
        watchdogs.sample(run)
    }

    func outcomes(of run: RackSimulation) -> [CheckOutcome] {
        let answers = run.controllerView.map { frames.outcome(misreadOutside: $0.misread) } ?? frames.outcome
        let energy = EnergyCheck(drawn: energyDrawn, scenario: run.scenario, plant: run.plant).outcome
        // Where safety is owed, its own rules judge the caps, and know which trays could be reached at all.
        let always = [watchdogs.outcome, energy] + (masters.map { [$0.outcome] } ?? [])
        guard run.safety == nil else { return [talkers.outcome, answers] + always }
        return [talkers.outcome, answers, caps.outcome] + always
    }
}
