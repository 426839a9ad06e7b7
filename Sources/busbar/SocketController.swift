internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import ModbusServer
internal import Plant
internal import RackControl
internal import RealTime
internal import RunRecords
internal import Scenario
internal import Simulation
internal import Units

/// The rack controller on the places where a rack is served by this process: a thread of its own, and libmodbus between
/// it and the rack. All that it shares with the rack are sockets and lines, the operator's word, and what observers see.
final class SocketController {
    private let plan: ControlPlan
    private let pool: MasterPool
    private let loop: ScanLoop
    private let budget: SpokenBudget

    /// Between two looks at whether the control thread has ended. Arbitrary.
    private static let interval = 0.005

    /// `ready` are the places of `bindings`, in their order.
    init(_ scenario: ScenarioDefinition, _ bindings: [BusBinding], at ready: [ReadyBus]) throws(MasterFailure) {
        var rack = scenario.rack
        for (binding, place) in zip(bindings, ready) {
            rack.buses[binding.bus].endpoint = Self.endpoint(at: place.place, on: rack.buses[binding.bus])
        }
        for device in rack.devices.indices {
            rack.devices[device].endpoint = rack.buses[rack.devices[device].bus].endpoint
        }
        guard
            let plan = ControlPlan(
                rack: rack, trayNames: rack.plant.trays.map(\.name),
                inventory: ControllerInventory(scenario.rack, policies: scenario.controller.trays),
                configuration: ControllerConfiguration(scenario.controller))
        else { preconditionFailure("every bus is served") }
        self.plan = plan
        pool = try MasterPool(plan.channels.map(\.endpoint))
        budget = SpokenBudget(scenario.controller.budget)
        var options = ScanOptions()
        // The rack is gone when the run is over: nobody is left to acknowledge anything.
        options.safeStateTime = .zero
        loop = ScanLoop(plan: plan, options: options, pool: pool, budget: budget)
    }

    private static func endpoint(at place: String, on bus: BusDefinition) -> BusEndpoint {
        let parts = place.split(separator: ":")
        if parts.count == 2, let port = Int(parts[1]) { return .tcp(host: String(parts[0]), port: port) }
        guard case .rtu(let baud, let parity) = bus.medium else { preconditionFailure("a line has a rate") }
        let format = SerialLineFormat(baud: baud, parity: parity)
        return .serial(path: place, baud: format.baud, parity: format.parity, stopBits: format.stopBits)
    }

    func start() {
        pool.start()
        let loop = loop
        let thread = Thread { loop.run() }
        thread.name = "control"
        thread.start()
    }

    /// Called on the thread that serves, every few milliseconds: tells the controller the operator's word, and the
    /// observers of the rack what the controller sees and did. Returns what the system refused, in words.
    func exchange(with simulation: RackSimulation) -> [String] {
        budget.say(simulation.operatorBudget)
        if let view { simulation.take(view) }
        var refusals: [String] = []
        let now = MonotonicClock.now
        for item in loop.board.takeNews().news {
            switch item {
            case .controller(let event, _): simulation.note(event, ago: now - event.at)
            case .refused(let refusal): refusals.append("\(refusal)")
            case .ready, .wouldWrite, .budgetLost, .budgetBack: break
            }
        }
        return refusals
    }

    /// `nil` before its first cycle is over: until then it has said nothing.
    private var view: ControllerView? {
        let status = loop.board.status
        guard status.cycles > 0 else { return nil }
        var misread = 0
        for channel in plan.channels.indices {
            let health = pool.health(of: channel)
            misread += health.badFrames + health.mismatches
        }
        var counters = status.counters
        // The loop's: a cycle that ended after the next release.
        counters.lateCycles = status.lateCycles
        return ControllerView(
            budget: status.budget, measuredPower: status.power,
            askedCaps: status.trays.map(\.askedCap), phases: status.devices.map(\.phase),
            counters: counters, tripHeat: status.tripHeat, misread: misread)
    }

    /// Ends the thread and closes all connections.
    func stop() -> RealTimeRecord? {
        loop.stop()
        while loop.board.outcome == nil { Thread.sleep(forTimeInterval: Self.interval) }
        pool.stop()
        return loop.board.outcome.map { outcome in
            RealTimeRecord(
                outcome, period: plan.configuration.period, granted: [], refused: outcome.refusals.map { "\($0)" })
        }
    }
}
