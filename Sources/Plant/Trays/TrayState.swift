/// What one tray is and is told to do. The power of its parts lies in the bank's flat buffers.
struct TrayState: BitwiseCopyable {
    /// First element of the tray in the bank: its accelerators, then its host.
    let first: Int
    let acceleratorCount: Int
    let idlePower: Double
    let dynamicPower: Double
    let minimumLimit: Double
    let brakePower: Double
    let hostIdlePower: Double
    let hostDynamicPower: Double
    /// Shares of the way to the target per step.
    let lagFactor: Double
    let brakeFactor: Double
    let hostFactor: Double
    let throughputCurve: PiecewiseLinear

    /// W per accelerator.
    var limit: Double
    /// W of its optical modules, which hang on the host's supply.
    var opticsPower = 0.0
    var isBraked = false
    var isOn = true
    /// Workload steps until the host is up.
    var boot = 0
    /// Asked of each accelerator, 0...1.
    var load = 0.0
    /// Throughput at that load, 0...1 of the uncapped.
    var throughput = 1.0
    /// W that heat leaves to the hottest accelerator; infinite while none throttles, 0 when one has shut down.
    var heatLimit = Double.infinity
    /// What the targets were last made from, to skip the work when nothing changed.
    var lastGranted = -1.0
    var lastLoad = -1.0
    var mustRetarget = true
    /// Accelerator-seconds of uncapped throughput.
    var workDone = 0.0
    var workWanted = 0.0

    var elementCount: Int { acceleratorCount + 1 }

    /// W per accelerator that the limit and the brake line leave.
    var electricalLimit: Double { isBraked ? min(limit, brakePower) : limit }

    /// The share of its uncapped throughput that the slowest accelerator reaches when asked for `load`. The
    /// accelerators of a tray work on one job and wait for the slowest.
    func throughput(at load: Double) -> Double {
        let wanted = load * dynamicPower
        let granted = min(electricalLimit, heatLimit) - idlePower
        if granted >= wanted { return 1 }
        if heatLimit <= 0 { return 0 }
        return min(1, max(0, throughputCurve.value(at: max(0, granted) / wanted)))
    }
}
