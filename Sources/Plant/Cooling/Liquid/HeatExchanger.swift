/// A counter-flow plate exchanger by the effectiveness method (Incropera and DeWitt, "Fundamentals of Heat and Mass
/// Transfer", chapter 11), with a control valve on its facility side.
struct HeatExchanger: BitwiseCopyable {
    /// Resistance of a side over its share of the design flow, relative to the design flow: turbulent convection, flow to
    /// the -0.8, as for the trays' sinks.
    private let resistanceCurve: PiecewiseLinear
    /// W/K at the design flows of both sides.
    private let conductance: Double
    /// W/K that the facility water carries with the valve fully open.
    private let facilityCapacity: Double
    /// Share of its way that the valve covers in one step.
    private let valveStep: Double

    /// `capacity` is what the trays' design flows carry together, W/K; `step` in s.
    init(_ configuration: HeatExchangerConfiguration?, capacity: Double, step: Double, in storage: Storage) {
        resistanceCurve = PiecewiseLinear(ThermalBank.resistanceOverFlow, empty: 1, in: storage)
        // Of equal capacity flows, the difference between the two sides is the approach all along the plates.
        conductance = (configuration?.designHeat ?? 0) / max(0.1, configuration?.approach ?? 1)
        facilityCapacity = max(1, capacity)
        valveStep = step / max(step, configuration?.valveTravel ?? 0)
    }

    /// Where the valve is after one step towards `target`.
    func moved(_ position: Double, towards target: Double) -> Double {
        position + min(valveStep, max(-valveStep, target - position))
    }

    /// degC of the coolant behind the exchanger, which came in at `hot` with `capacity` W/K.
    func outlet(hot: Double, capacity: Double, designShare: Double, facility: Double, valve: Double) -> Double {
        guard capacity > 1, valve > 0 else { return hot }
        // A pressure-independent control valve with a linear characteristic.
        let cold = facilityCapacity * valve
        let sides = resistanceCurve.value(at: min(1, designShare)) + resistanceCurve.value(at: valve)
        let transfer = 2 * conductance / sides
        let (least, most) = (min(capacity, cold), max(capacity, cold))
        let ratio = least / most
        let units = transfer / least
        let effectiveness: Double
        if 1 - ratio < 1e-3 {
            effectiveness = units / (1 + units)
        } else {
            let decay = 1 - FirstOrderLag.factor(step: units * (1 - ratio), constant: 1)
            effectiveness = (1 - decay) / (1 - ratio * decay)
        }
        return hot - effectiveness * least * (hot - facility) / capacity
    }
}
