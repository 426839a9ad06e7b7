/// A breaker's thermal and magnetic trip.
///
/// A heat state of 0...1 rises by 1 / (time to trip) above the pick-up and decays below it; the breaker opens at 1.
/// At a steady current that is the curve itself; under a changing one it is the usual integral of an inverse-time
/// relay (IEC 60255-151, annex A). The plant runs on the fast edge of the tolerance band: a controller that keeps this
/// breaker closed keeps every specimen closed.
struct Breaker: BitwiseCopyable {
    private enum Law: BitwiseCopyable {
        /// Heat per second over (multiple - 1).
        case veryInverse(rate: Double)
        /// Heat per second over (multiple^2 - 1).
        case extremelyInverse(rate: Double)
        /// Seconds over the multiple, fast edge; nothing below the first point.
        case table(PiecewiseLinear, edge: Double)
    }

    /// Conventional non-tripping current, in multiples of the rated one (IEC 60947-2, 1.05 In).
    static let pickUp = 1.05
    /// How long the magnetic trip's current must flow, s. IEC 60947-2 moulded-case breakers open within 10...20 ms;
    /// the fast edge.
    static let magneticTime = 0.010

    private let law: Law
    private let multiplePerAmpere: Double
    private let magneticMultiple: Double
    private let step: Double
    private let cooling: Double

    private(set) var heat = 0.0
    private(set) var isTripped = false
    private var magneticElapsed = 0.0

    init(_ configuration: BreakerConfiguration, step: Double, in storage: Storage) {
        let edge = 1 - configuration.tolerance
        switch configuration.curve {
        case .veryInverse(let timeMultiplier): law = .veryInverse(rate: 1 / (13.5 * timeMultiplier * edge))
        case .extremelyInverse(let timeMultiplier): law = .extremelyInverse(rate: 1 / (80 * timeMultiplier * edge))
        case .table(let points): law = .table(PiecewiseLinear(points, empty: 1e9, in: storage), edge: edge)
        }
        multiplePerAmpere = 1 / configuration.ratedCurrent
        magneticMultiple = configuration.magneticMultiple
        cooling = FirstOrderLag.factor(step: step, constant: configuration.coolingTime)
        self.step = step
    }

    /// Lets `current` flow for one step. Whether the breaker opened in it.
    mutating func carry(_ current: Double) -> Bool {
        let multiple = current * multiplePerAmpere
        if multiple <= Breaker.pickUp {
            heat -= heat * cooling
            magneticElapsed = 0
            return false
        }
        heat += step * heating(at: multiple)
        magneticElapsed = multiple >= magneticMultiple ? magneticElapsed + step : 0
        // Half a step of slack: a sum of steps may fall short of the limit by a rounding error.
        guard heat >= 1 || magneticElapsed >= Breaker.magneticTime - 0.5 * step else { return false }
        heat = min(heat, 1)
        isTripped = true
        return true
    }

    /// Closes it again. The heat stays: a breaker that is closed hot trips sooner.
    mutating func reset() {
        isTripped = false
        magneticElapsed = 0
        // At 1 it would open again at once; real bimetals cannot be latched until they have cooled a little.
        heat = min(heat, 0.9)
    }

    private func heating(at multiple: Double) -> Double {
        switch law {
        case .veryInverse(let rate): (multiple - 1) * rate
        case .extremelyInverse(let rate): (multiple * multiple - 1) * rate
        case .table(let times, let edge): multiple < times.first.x ? 0 : 1 / (times.value(at: multiple) * edge)
        }
    }
}
