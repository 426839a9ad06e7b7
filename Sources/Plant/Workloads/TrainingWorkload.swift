import Units

/// Synchronous training across the trays of one job.
///
/// A step is a stretch of computing, at whose end everybody waits for the slowest, and then the exchange of gradients,
/// which no power cap slows down, but which a slow link may stall: then the whole job waits at the trough. A tray that is capped computes longer; one that is done early waits at the trough.
/// Every so often a checkpoint holds all at the trough between two steps. A tray that is off or booting holds up the
/// whole job. Time is carried across phases exactly, so a step's length does not depend on the tick.
struct TrainingWorkload: BitwiseCopyable {
    private enum Phase: BitwiseCopyable {
        case computing
        case exchanging(left: Double)
        case checkpointing(left: Double)
    }

    /// Shortest step that jitter may leave, as a share of the nominal one.
    static let shortestStep = 0.2

    private let period: Double
    private let duty: Double
    private let peak: Double
    private let trough: Double
    private let checkpointEvery: Double
    private let checkpointLength: Double
    private let jitter: Double
    private let stallChance: Double
    private let stallLength: Double
    private let trayCount: Int
    private let trays: UnsafeMutablePointer<Int>
    /// Per tray: s of uncapped computing left in this step, and s of this tick spent at the peak.
    private let remaining: UnsafeMutablePointer<Double>
    private let busy: UnsafeMutablePointer<Double>
    private var stream: SeededStream
    /// Of its own, so that a job without stalls has the steps that it always had.
    private var stalls: SeededStream
    private var phase = Phase.computing
    private var stepLength = 0.0
    private var sinceCheckpoint = 0.0
    private(set) var stepCount = 0
    private(set) var stallCount = 0

    init(_ configuration: TrainingConfiguration, trays indices: [Int], seed: UInt64, index: Int, in storage: Storage) {
        // A step of no length would never let a tick end.
        period = max(1e-3, configuration.stepPeriod)
        duty = min(1, max(0, configuration.duty))
        peak = configuration.peak
        trough = configuration.trough
        checkpointEvery = configuration.checkpointEvery
        checkpointLength = configuration.checkpointLength
        jitter = configuration.jitter
        stallChance = configuration.stallChance
        stallLength = configuration.stallLength
        trayCount = indices.count
        trays = storage.make(copying: indices)
        remaining = storage.make(indices.count, of: 0.0)
        busy = storage.make(indices.count, of: 0.0)
        stream = SeededStream(seed: seed, name: "plant/training", index: UInt64(index))
        stalls = SeededStream(seed: seed, name: "plant/stalls", index: UInt64(index))
        beginStep()
    }

    mutating func advance(_ interval: Double, bank: TrayBank) {
        guard trayCount > 0 else { return }
        for slot in 0..<trayCount { busy[slot] = 0 }
        sinceCheckpoint += interval
        var left = interval
        while left > 0 {
            switch phase {
            case .computing: left -= compute(left, bank: bank)
            case .exchanging(let rest):
                let spent = min(left, rest)
                wait(spent, bank: bank)
                left -= spent
                phase = .exchanging(left: rest - spent)
                if spent == rest { endStep() }
            case .checkpointing(let rest):
                let spent = min(left, rest)
                wait(spent, bank: bank)
                left -= spent
                phase = .checkpointing(left: rest - spent)
                if spent == rest { beginStep() }
            }
        }
        for slot in 0..<trayCount {
            bank.setLoad(trough + (peak - trough) * busy[slot] / interval, tray: trays[slot])
        }
    }

    /// Computes until the slowest tray is done, at most `limit` seconds; how long it took.
    private mutating func compute(_ limit: Double, bank: TrayBank) -> Double {
        var slowest = 0.0
        for slot in 0..<trayCount where remaining[slot] > 0 {
            let speed = speed(slot, bank)
            slowest = max(slowest, speed > 0 ? remaining[slot] / speed : .infinity)
        }
        let spent = min(limit, slowest)
        for slot in 0..<trayCount {
            let speed = speed(slot, bank)
            let done = min(remaining[slot], speed * spent)
            if speed > 0 { busy[slot] += done / speed }
            // What is left of the slowest after its whole time is a rounding error.
            remaining[slot] = slowest <= limit ? 0 : remaining[slot] - done
            bank.count(work: done, wanted: spent, tray: trays[slot])
        }
        if slowest <= limit { phase = .exchanging(left: stepLength * (1 - duty) + stall()) }
        return spent
    }

    /// s that the exchange of this step stalls: between half and one and a half of the mean, as likely each; the spread is
    /// arbitrary.
    private mutating func stall() -> Double {
        guard stallChance > 0, stalls.uniform() < stallChance else { return 0 }
        stallCount += 1
        return stallLength * (0.5 + stalls.uniform())
    }

    private func speed(_ slot: Int, _ bank: TrayBank) -> Double {
        bank.isRunning(trays[slot]) ? bank.trays[trays[slot]].throughput(at: peak) : 0
    }

    /// Exchange, stall and checkpoint go at their own pace, whatever the cap: their time counts as work done.
    private func wait(_ time: Double, bank: TrayBank) {
        for slot in 0..<trayCount { bank.count(work: time, wanted: time, tray: trays[slot]) }
    }

    private mutating func endStep() {
        stepCount += 1
        if checkpointEvery > 0 && sinceCheckpoint >= checkpointEvery {
            sinceCheckpoint = 0
            phase = .checkpointing(left: checkpointLength)
        } else {
            beginStep()
        }
    }

    private mutating func beginStep() {
        let stretch = jitter > 0 ? max(TrainingWorkload.shortestStep, 1 + jitter * stream.normal()) : 1
        stepLength = period * stretch
        for slot in 0..<trayCount { remaining[slot] = stepLength * duty }
        phase = .computing
    }
}
