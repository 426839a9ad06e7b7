public import Units

/// The physics of one rack: feeds, breakers, supplies, busbar, trays, fans, coolant, heat, and the work that is asked of
/// it.
///
/// Devices read it and act on it; nothing in it knows of devices, registers or controllers. It advances by fixed steps
/// and has no clock. The electrical part moves every step; workloads and fans every tenth, heat every hundredth: each
/// is slow against its own interval. The same configuration, workloads, seed and calls give the same numbers bit for
/// bit on every platform: only + - * / and square roots are used, in a fixed order.
///
/// An index out of range is a programming error and stops the program.
public final class RackPlant {
    /// The time that one `step` covers.
    public static let stepInterval = Interval.milliseconds(1)
    /// Steps between two looks at workloads and fans, and at heat.
    static let workloadSteps = 10
    static let thermalSteps = 100

    let storage: Storage
    let log: EventLog
    let chain: PowerChain
    let bank: TrayBank
    let fans: FanBank
    let heat: ThermalBank
    let workloads: WorkloadBank
    let shelfCounts: [Int]
    /// Units of each backup shelf, and the number of its first one.
    let backupCounts: [Int]
    let backupFirsts: [Int]
    private let tick: UnsafeMutablePointer<Int>

    /// A plant at rest: supplies on, accelerators idle, temperatures settled, at instant zero.
    /// - Parameters:
    ///   - configuration: valid; indices and ratings are not judged again here.
    ///   - workloads: which trays do what; a tray may appear once. Trays without accelerators may be named and are
    ///     passed over: their load follows the mean of the others.
    ///   - seed: of the run; every stream in the plant is split off from it by name.
    public init(
        _ configuration: PlantConfiguration, workloads: [(trays: [Int], workload: WorkloadConfiguration)], seed: UInt64
    ) {
        let step = Double(RackPlant.stepInterval.nanoseconds) / 1e9
        let workloadStep = step * Double(RackPlant.workloadSteps)
        let storage = Storage()
        let log = EventLog(in: storage)
        let bank = TrayBank(configuration, step: step, workloadStep: workloadStep, in: storage)
        let fans = FanBank(configuration, step: workloadStep, trays: bank, in: storage)
        let thermalStep = step * Double(RackPlant.thermalSteps)
        let loop = LiquidLoop(configuration, step: thermalStep, trays: bank, in: storage)
        self.storage = storage
        self.log = log
        self.bank = bank
        self.fans = fans
        chain = PowerChain(configuration, step: step, seed: seed, log: log, in: storage)
        heat = ThermalBank(
            configuration, step: thermalStep, seed: seed, trays: bank, fans: fans, loop: loop, log: log, in: storage)
        self.workloads = WorkloadBank(
            workloads, step: workloadStep, seed: seed, trays: bank, log: log, in: storage)
        shelfCounts = configuration.shelves.map(\.supplyCount)
        backupCounts = configuration.backups.map(\.unitCount)
        var firsts: [Int] = []
        var first = 0
        for count in backupCounts {
            firsts.append(first)
            first += count
        }
        backupFirsts = firsts
        tick = storage.make(1, of: 0)
    }

    /// The end of the last step.
    public var now: Instant { Instant(rawValue: Int64(tick[0]) * RackPlant.stepInterval.nanoseconds) }

    /// Advances the plant by `stepInterval`.
    public func step() {
        tick[0] += 1
        if tick[0] % RackPlant.workloadSteps == 0 { advanceSlowParts() }
        chain.advance(load: bank.follow())
        bank.setBus(isLive: chain.bus.pointee.isLive)
    }

    private func advanceSlowParts() {
        bank.ageBoots()
        workloads.advance(to: Double(tick[0]) * chain.step)
        if tick[0] % RackPlant.thermalSteps == 0 {
            heat.advance()
            chain.smoothLosses(over: heat.step)
            chain.smoothBackupLosses(over: heat.step)
            chain.warmTethers(over: heat.step)
        }
        fans.retargetAll()
        for tray in 0..<bank.count { bank.retarget(tray) }
        fans.advance()
    }

    /// Whether anything happened since the last `drainEvents`.
    public var hasEvents: Bool { log.count > 0 }
    /// Events that were lost because nobody drained the log in time.
    public var lostEvents: Int { log.lost }

    /// Hands over what happened since the last call, oldest first. The log holds 256 events.
    public func drainEvents(_ body: (PlantEvent) -> Void) { log.drain(body) }
}
