/// The power of every accelerator and host, following its target with a first-order lag.
struct TrayBank: BitwiseCopyable {
    /// s with which power falls when the brake line is pulled. Typical: the line clamps the clock in hardware within
    /// milliseconds.
    static let brakeLag = 0.005
    /// s with which a host's power follows its load. Typical of server processors and their conversion stages.
    static let hostLag = 0.05
    /// s from power-on to the first work. Arbitrary and short: a real host needs minutes.
    static let bootTime = 60.0

    let count: Int
    let elementCount: Int
    let step: Double
    /// s between two calls of `retarget` and `beginWorkloadStep`.
    let workloadStep: Double
    let trays: UnsafeMutablePointer<TrayState>
    /// Per element: accelerators of tray 0, host of tray 0, accelerators of tray 1, ...; W.
    let power: UnsafeMutablePointer<Double>
    let target: UnsafeMutablePointer<Double>
    let factor: UnsafeMutablePointer<Double>
    /// Per element: W that heat leaves to it; infinite while it does not throttle, 0 when shut down.
    let heatLimit: UnsafeMutablePointer<Double>
    /// Per tray: W of its fans, kept by `FanBank`, and of the whole tray.
    let fanPower: UnsafeMutablePointer<Double>
    let trayPower: UnsafeMutablePointer<Double>
    /// W of what cools the rack as a whole: its fan wall, kept by `FanBank`, and its pumps, kept by the thermal part.
    let wallPower: UnsafeMutablePointer<Double>
    let pumpPower: UnsafeMutablePointer<Double>
    /// One past the last element of each tray.
    private let end: UnsafeMutablePointer<Int>
    private let busIsLive: UnsafeMutablePointer<Bool>

    init(_ configuration: PlantConfiguration, step: Double, workloadStep: Double, in storage: Storage) {
        self.step = step
        self.workloadStep = workloadStep
        count = configuration.trays.count
        var states: [TrayState] = []
        var ends: [Int] = []
        for tray in configuration.trays {
            states.append(TrayState(tray, first: ends.last ?? 0, step: step, in: storage))
            ends.append((ends.last ?? 0) + tray.acceleratorCount + 1)
        }
        elementCount = ends.last ?? 0
        trays = storage.make(copying: states)
        end = storage.make(copying: ends)
        power = storage.make(elementCount, of: 0.0)
        target = storage.make(elementCount, of: 0.0)
        factor = storage.make(elementCount, of: 1.0)
        heatLimit = storage.make(elementCount, of: Double.infinity)
        fanPower = storage.make(count, of: 0.0)
        trayPower = storage.make(count, of: 0.0)
        wallPower = storage.make(1, of: 0.0)
        pumpPower = storage.make(1, of: 0.0)
        busIsLive = storage.make(1, of: true)
        for tray in 0..<count {
            for element in states[tray].first..<ends[tray] - 1 { power[element] = states[tray].idlePower }
            power[ends[tray] - 1] = states[tray].hostIdlePower
            // A monitor that samples before the first step must not read zero from a tray that runs.
            trayPower[tray] =
                Double(states[tray].acceleratorCount) * states[tray].idlePower + states[tray].hostIdlePower
            retarget(tray)
        }
    }

    /// One electrical step; W of all trays together, and of what cools the rack.
    func follow() -> Double {
        let power = power
        let target = target
        let factor = factor
        for element in 0..<elementCount {
            power[element] += (target[element] - power[element]) * factor[element]
        }
        var total = wallPower[0] + pumpPower[0]
        var element = 0
        for tray in 0..<count {
            var sum = fanPower[tray]
            let end = end[tray]
            while element < end {
                sum += power[element]
                element += 1
            }
            trayPower[tray] = sum
            total += sum
        }
        return total
    }

    func isPowered(_ tray: Int) -> Bool { trays[tray].isOn && busIsLive[0] }
    /// Whether the bus is above the under-voltage lock-out of what hangs on it.
    var busIsUp: Bool { busIsLive[0] }
    /// Whether the tray's host is up and can work.
    func isRunning(_ tray: Int) -> Bool { isPowered(tray) && trays[tray].boot == 0 }

    func setLoad(_ load: Double, tray: Int) { trays[tray].load = min(1, max(0, load)) }

    func count(work done: Double, wanted: Double, tray: Int) {
        let accelerators = Double(trays[tray].acceleratorCount)
        trays[tray].workDone += done * accelerators
        trays[tray].workWanted += wanted * accelerators
    }

    /// Lets hosts boot; called once per workload step.
    func ageBoots() {
        for tray in 0..<count where trays[tray].boot > 0 && isPowered(tray) {
            trays[tray].boot -= 1
            if trays[tray].boot == 0 { trays[tray].mustRetarget = true }
        }
    }

    /// Follows the bus in and out of the trays' under-voltage lock-out.
    func setBus(isLive: Bool) {
        guard busIsLive[0] != isLive else { return }
        busIsLive[0] = isLive
        if !isLive { (wallPower[0], pumpPower[0]) = (0, 0) }
        for tray in 0..<count {
            if isLive { beginBoot(tray) }
            trays[tray].mustRetarget = true
            retarget(tray)
        }
    }

    func setPower(tray: Int, on: Bool) {
        guard trays[tray].isOn != on else { return }
        trays[tray].isOn = on
        if on { beginBoot(tray) }
        trays[tray].mustRetarget = true
        retarget(tray)
    }

    private func beginBoot(_ tray: Int) {
        trays[tray].boot = Int(TrayBank.bootTime / workloadStep + 0.5)
    }

    /// Makes the targets of a tray's parts from its load and limits.
    func retarget(_ index: Int) {
        let tray = trays + index
        guard isPowered(index) else {
            if tray.pointee.mustRetarget { cut(index) }
            return
        }
        let load = isRunning(index) ? tray.pointee.load : 0
        let wanted = tray.pointee.idlePower + load * tray.pointee.dynamicPower
        let granted = min(wanted, tray.pointee.electricalLimit)
        if granted == tray.pointee.lastGranted && load == tray.pointee.lastLoad && !tray.pointee.mustRetarget {
            return
        }
        tray.pointee.lastGranted = granted
        tray.pointee.lastLoad = load
        tray.pointee.mustRetarget = false
        tray.pointee.throughput = isRunning(index) ? tray.pointee.throughput(at: load) : 0
        let first = tray.pointee.first
        let host = first + tray.pointee.acceleratorCount
        for element in first..<host {
            let target = min(granted, heatLimit[element])
            let isFallingFast = tray.pointee.isBraked && target < power[element]
            self.target[element] = target
            factor[element] = isFallingFast ? tray.pointee.brakeFactor : tray.pointee.lagFactor
        }
        // The host feeds the accelerators, so it is as busy as they get on.
        target[host] =
            tray.pointee.hostIdlePower + load * tray.pointee.throughput * tray.pointee.hostDynamicPower
            + tray.pointee.opticsPower
        factor[host] = tray.pointee.hostFactor
    }

    /// A tray without supply draws nothing, at once.
    private func cut(_ index: Int) {
        let tray = trays + index
        tray.pointee.mustRetarget = false
        tray.pointee.lastGranted = -1
        tray.pointee.throughput = 0
        for element in tray.pointee.first..<tray.pointee.first + tray.pointee.elementCount {
            power[element] = 0
            target[element] = 0
        }
        fanPower[index] = 0
    }
}

extension TrayState {
    init(_ tray: TrayConfiguration, first: Int, step: Double, in storage: Storage) {
        let model = tray.accelerator
        self.first = first
        acceleratorCount = tray.acceleratorCount
        idlePower = model.idlePower
        dynamicPower = max(0, model.ratedPower - model.idlePower)
        minimumLimit = max(model.minimumLimit, model.idlePower)
        brakePower = max(model.brakePower, model.idlePower)
        hostIdlePower = tray.hostIdlePower
        hostDynamicPower = max(0, tray.hostMaximumPower - tray.hostIdlePower)
        lagFactor = FirstOrderLag.factor(step: step, constant: model.lag)
        brakeFactor = FirstOrderLag.factor(step: step, constant: min(TrayBank.brakeLag, model.lag))
        hostFactor = FirstOrderLag.factor(step: step, constant: TrayBank.hostLag)
        throughputCurve = PiecewiseLinear(model.throughput, empty: 1, in: storage)
        limit = model.ratedPower
    }
}
