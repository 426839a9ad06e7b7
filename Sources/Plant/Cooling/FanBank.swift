/// The fans of every tray: speed follows duty with a lag, flow goes with speed, power with its cube plus a constant.
struct FanBank: BitwiseCopyable {
    private struct TrayFans: BitwiseCopyable {
        let first: Int
        let count: Int
        let maximumSpeed: Double
        let idlePower: Double
        let cubicPower: Double
        let factor: Double
        /// m^3/s of the whole tray at full speed of all fans.
        let fullFlow: Double
        var duty = FanBank.initialDuty
        var stalled = 0
        /// Share of the full flow.
        var flow = FanBank.initialDuty
    }

    /// Duty before anybody sets one. Arbitrary; a fan controller sets its own at once.
    static let initialDuty = 0.5
    /// Share of the free-air flow that remains against the impedance of a tray. Typical: the working point of a
    /// server fan lies near 60 % of its free-air flow.
    static let workingPoint = 0.6
    /// How much of one fan's flow escapes backwards through a fan that stands still. Typical for fan walls without
    /// back-flow dampers.
    static let backflow = 0.5
    /// Share of the full flow that convection keeps up without any fan. Typical.
    static let naturalFlow = 0.02

    private let trayCount: Int
    private let trays: UnsafeMutablePointer<TrayFans>
    private let fanCount: Int
    /// Per fan: share of the maximum speed, target, share of the way per step, whether it is stuck.
    private let speed: UnsafeMutablePointer<Double>
    private let target: UnsafeMutablePointer<Double>
    private let factor: UnsafeMutablePointer<Double>
    private let isStalled: UnsafeMutablePointer<Bool>
    private let bank: TrayBank

    /// `step` is the time between two calls of `advance`, s.
    init(_ configuration: PlantConfiguration, step: Double, trays bank: TrayBank, in storage: Storage) {
        self.bank = bank
        trayCount = configuration.trays.count
        var states: [TrayFans] = []
        var factors: [Double] = []
        for tray in configuration.trays {
            let fans = tray.fans
            let lag = FirstOrderLag.factor(step: step, constant: fans?.lag ?? 1)
            let count = fans?.count ?? 0
            states.append(
                TrayFans(
                    first: factors.count, count: count, maximumSpeed: fans?.maximumSpeed ?? 0,
                    idlePower: fans?.idlePower ?? 0, cubicPower: fans?.cubicPower ?? 0, factor: lag,
                    fullFlow: FanBank.workingPoint * Double(count) * (fans?.maximumFlow ?? 0)))
            for _ in 0..<count { factors.append(lag) }
        }
        fanCount = factors.count
        trays = storage.make(copying: states)
        speed = storage.make(fanCount, of: FanBank.initialDuty)
        target = storage.make(fanCount, of: FanBank.initialDuty)
        factor = storage.make(copying: factors)
        isStalled = storage.make(fanCount, of: false)
        for tray in 0..<trayCount { settle(tray) }
    }

    func advance() {
        for fan in 0..<fanCount { speed[fan] += (target[fan] - speed[fan]) * factor[fan] }
        for tray in 0..<trayCount { settle(tray) }
    }

    /// Power and flow of a tray from the speeds of its fans.
    private func settle(_ index: Int) {
        let tray = trays + index
        let count = tray.pointee.count
        guard count > 0 else { return }
        let isPowered = bank.isPowered(index)
        var speeds = 0.0
        var cubes = 0.0
        for fan in tray.pointee.first..<tray.pointee.first + count {
            let speed = speed[fan]
            speeds += speed
            cubes += speed * speed * speed
        }
        let power = Double(count) * tray.pointee.idlePower + cubes * tray.pointee.cubicPower
        bank.fanPower[index] = isPowered ? power : 0
        let running = count - tray.pointee.stalled
        let lost =
            running > 0 ? FanBank.backflow * Double(tray.pointee.stalled) * speeds / Double(running) : 0
        tray.pointee.flow = max(FanBank.naturalFlow, (speeds - lost) / Double(count))
    }

    func setDuty(_ duty: Double, tray: Int) {
        trays[tray].duty = min(1, max(0, duty))
        retarget(tray)
    }

    func setStalled(_ stalled: Bool, tray: Int, fan: Int) {
        precondition(fan >= 0 && fan < trays[tray].count, "tray \(tray) has no fan \(fan)")
        let index = trays[tray].first + fan
        guard isStalled[index] != stalled else { return }
        isStalled[index] = stalled
        trays[tray].stalled += stalled ? 1 : -1
        // A blocked rotor stops at once.
        if stalled { speed[index] = 0 }
        retarget(tray)
        settle(tray)
    }

    /// Fans without supply run down.
    func retarget(_ tray: Int) {
        let duty = bank.isPowered(tray) ? trays[tray].duty : 0
        for fan in trays[tray].first..<trays[tray].first + trays[tray].count {
            target[fan] = isStalled[fan] ? 0 : duty
        }
    }

    func count(tray: Int) -> Int { trays[tray].count }
    func duty(tray: Int) -> Double { trays[tray].duty }
    /// Share of the flow at full speed of all fans, never quite 0.
    func flow(tray: Int) -> Double { trays[tray].flow }
    /// m^3/s at full speed of all fans.
    func fullFlow(tray: Int) -> Double { trays[tray].fullFlow }

    /// rpm.
    func speed(tray: Int, fan: Int) -> Double {
        precondition(fan >= 0 && fan < trays[tray].count, "tray \(tray) has no fan \(fan)")
        return speed[trays[tray].first + fan] * trays[tray].maximumSpeed
    }
}
