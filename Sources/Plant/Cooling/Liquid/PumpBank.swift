/// Equal pumps side by side, each behind a check valve: speed follows duty with a lag, flow goes with speed, pressure
/// with its square (the affinity laws), power with its cube plus a constant.
struct PumpBank: BitwiseCopyable {
    /// Halvings of the interval in which the pressure is sought: 2^-40 of the shut-off pressure is far below a pascal.
    private static let halvings = 40

    let count: Int
    let maximumSpeed: Double
    private let shutOffPressure: Double
    private let freeFlow: Double
    private let idlePower: Double
    private let cubicPower: Double
    private let factor: Double
    /// Per pump: share of the maximum speed, duty, whether it has failed.
    private let speed: UnsafeMutablePointer<Double>
    private let duty: UnsafeMutablePointer<Double>
    private let hasFailed: UnsafeMutablePointer<Bool>

    init(_ configuration: PumpConfiguration?, duty initial: Double, step: Double, in storage: Storage) {
        count = configuration?.count ?? 0
        maximumSpeed = configuration?.maximumSpeed ?? 0
        shutOffPressure = configuration?.shutOffPressure ?? 0
        freeFlow = configuration?.freeFlow ?? 0
        idlePower = configuration?.idlePower ?? 0
        cubicPower = configuration?.cubicPower ?? 0
        factor = FirstOrderLag.factor(step: step, constant: configuration?.lag ?? 1)
        speed = storage.make(count, of: initial)
        duty = storage.make(count, of: initial)
        hasFailed = storage.make(count, of: false)
    }

    func advance(arePowered: Bool) {
        for pump in 0..<count {
            let target = arePowered && !hasFailed[pump] ? duty[pump] : 0
            speed[pump] += (target - speed[pump]) * factor
        }
    }

    /// kg/s and Pa at which all pumps together meet a circuit that takes `resistance` Pa per (kg/s)^2.
    ///
    /// A pump's curve is a parabola from the shut-off pressure to the free flow, which the affinity laws map onto itself:
    /// pressure = shutOff * (n^2 - (q / free)^2). Pumps may run at different speeds, so the common pressure is sought by
    /// halving. `grip` is the share of the pressure that is left when the inlet draws air.
    func meet(resistance: Double, grip: Double) -> (flow: Double, pressure: Double) {
        var (low, high) = (0.0, shutOffPressure * grip)
        for _ in 0..<PumpBank.halvings {
            let middle = 0.5 * (low + high)
            let flow = delivery(at: middle, grip: grip)
            if resistance * flow * flow > middle { low = middle } else { high = middle }
        }
        let pressure = 0.5 * (low + high)
        return (delivery(at: pressure, grip: grip), pressure)
    }

    /// kg/s of all pumps against a pressure; a check valve keeps it from running backwards through a slow one.
    private func delivery(at pressure: Double, grip: Double) -> Double {
        var flow = 0.0
        for pump in 0..<count {
            let left = speed[pump] * speed[pump] * grip - pressure / shutOffPressure
            if left > 0 { flow += freeFlow * left.squareRoot() }
        }
        return flow
    }

    /// W of all pumps. A failed one draws nothing: its drive is off.
    func power(arePowered: Bool) -> Double {
        guard arePowered else { return 0 }
        var power = 0.0
        for pump in 0..<count where !hasFailed[pump] {
            power += idlePower + cubicPower * speed[pump] * speed[pump] * speed[pump]
        }
        return power
    }

    func setDuty(_ value: Double, pump: Int) { duty[checked(pump)] = min(1, max(0, value)) }
    func duty(pump: Int) -> Double { duty[checked(pump)] }
    func setFailed(_ failed: Bool, pump: Int) { hasFailed[checked(pump)] = failed }
    /// rpm.
    func speed(pump: Int) -> Double { speed[checked(pump)] * maximumSpeed }

    private func checked(_ pump: Int) -> Int {
        precondition(pump >= 0 && pump < count, "there is no pump \(pump)")
        return pump
    }
}
