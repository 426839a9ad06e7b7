public import ModbusMaster
internal import RackControl
internal import RealTime
internal import Synchronization
internal import Units

/// The controller on real buses: `run` is the body of the control thread, everything else may be called from any.
public final class ScanLoop: Sendable {
    public let plan: ControlPlan
    public let board: ControlBoard
    let options: ScanOptions
    let pool: MasterPool
    let budget: (any BudgetSource)?
    private let stopAsked = Atomic<Bool>(false)

    /// The pool's channels are those of the plan, and nobody else uses it. Without a source the plan's budget holds.
    public init(plan: ControlPlan, options: ScanOptions, pool: MasterPool, budget: (any BudgetSource)? = nil) {
        self.plan = plan
        self.options = options
        self.pool = pool
        self.budget = budget
        board = ControlBoard(trays: plan.inventory.trays.count, devices: plan.inventory.devices.count)
    }

    /// Asks the loop to put the rack into its safe state and to end.
    public func stop() { stopAsked.store(true, ordering: .relaxed) }

    var isStopAsked: Bool { stopAsked.load(ordering: .relaxed) }

    /// Runs on the calling thread until `stop` was called and the devices had their time for the safe state; then the
    /// board has the outcome.
    public func run() {
        RealTimeThread.sharpenTimers()
        let refusals = RealTimeThread.schedule(options.realTime)
        let cycle = ScanCycle(self, refusals: refusals)
        cycle.run()
    }
}
