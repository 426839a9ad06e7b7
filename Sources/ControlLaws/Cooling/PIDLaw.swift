public import Units

/// What a PID law remembers from one call to the next.
@frozen
public struct PIDState: Sendable {
    /// The integral part, in thousandths of a millionth of full duty, so that small errors are not rounded away.
    public var integral: Int64
    public var previousInput: Temperature
    /// The duty last given out.
    public var output: PerMille
    /// Whether `previousInput` and `output` stem from a call.
    public var hasRun: Bool

    @inlinable public init(output: PerMille = .zero) {
        self.integral = 0
        self.previousInput = .zero
        self.output = output
        self.hasRun = false
    }
}

/// A PID law from a temperature to a fan duty, in integers.
///
/// Positional form with the derivative on the measurement and conditional integration as anti-windup: while the output
/// is held by a clamp or by the slew limit, an error that would push it further is not integrated. After K. J. Åström
/// and T. Hägglund, "PID Controllers: Theory, Design, and Tuning" (ISA, 1995), chapters 2 and 3. Loop structure
/// (one-second thermal loop, clamps, slew) as in OpenBMC's phosphor-pid-control.
@frozen
public struct PIDLaw: Sendable {
    /// Millionths of full duty per kelvin above the setpoint.
    public var proportional: Int64
    /// Millionths of full duty per kelvin and second.
    public var integral: Int64
    /// Millionths of full duty per kelvin per second.
    public var derivative: Int64
    public var lowest: PerMille
    public var highest: PerMille
    public var slew: SlewLimit

    @inlinable public init(
        proportional: Int64, integral: Int64, derivative: Int64, lowest: PerMille, highest: PerMille, slew: SlewLimit
    ) {
        self.proportional = proportional
        self.integral = integral
        self.derivative = derivative
        self.lowest = lowest
        self.highest = highest
        self.slew = slew
    }

    /// Errors beyond this are as good as this: it keeps the products inside 64 bits.
    @usableFromInline static var greatestError: Int64 { 200_000 }
    /// A pause beyond this counts as this.
    @usableFromInline static var greatestElapsed: Int64 { 60_000 }

    /// The next state; its `output` is the duty to drive. Called a second time at the same instant it changes nothing
    /// but the proportional part.
    @inlinable
    public func next(
        after state: PIDState, input: Temperature, setpoint: Temperature, elapsed: Interval
    ) -> PIDState {
        let error = (input - setpoint).rawValue.clamped(to: -Self.greatestError...Self.greatestError)
        let milliseconds = min(max(0, elapsed.milliseconds), Self.greatestElapsed)
        let proportionalPart = proportional * error / 1000
        var derivativePart: Int64 = 0
        if state.hasRun, milliseconds > 0 {
            let change = (input - state.previousInput).rawValue.clamped(to: -Self.greatestError...Self.greatestError)
            derivativePart = derivative * change / milliseconds
        }
        // Millionths per kelvin and second, times thousandths of a kelvin, times milliseconds: 10^-9 of full duty.
        let increment = integral * error / 1000 * milliseconds
        let integrated = state.integral + increment
        let wanted = proportionalPart + derivativePart + integrated / 1000
        let wantedDuty = PerMille(rawValue: wanted / 1000)
        let clamped = min(max(wantedDuty, lowest), highest)
        let output = state.hasRun ? slew.limited(clamped, from: state.output, elapsed: elapsed) : clamped
        var next = state
        let isHeldDown = output < wantedDuty && increment > 0
        let isHeldUp = output > wantedDuty && increment < 0
        if !isHeldDown && !isHeldUp { next.integral = integrated }
        next.previousInput = input
        next.output = min(max(output, lowest), highest)
        next.hasRun = true
        return next
    }

    /// A state from which the law goes on at `output` without a bump: for the way back from a failsafe duty.
    @inlinable
    public func resumed(at output: PerMille, input: Temperature, setpoint: Temperature) -> PIDState {
        let error = (input - setpoint).rawValue.clamped(to: -Self.greatestError...Self.greatestError)
        var state = PIDState(output: output)
        state.integral = (output.rawValue * 1000 - proportional * error / 1000) * 1000
        state.previousInput = input
        state.hasRun = true
        return state
    }
}

extension Int64 {
    @inlinable func clamped(to range: ClosedRange<Int64>) -> Int64 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
