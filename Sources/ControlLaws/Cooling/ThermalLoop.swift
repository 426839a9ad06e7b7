public import Units

/// How a thermal loop gets from a temperature to a duty.
@frozen
public enum ThermalLaw: Sendable {
    case pid(PIDLaw, setpoint: Temperature)
    case stepwise(StepwiseLaw)
}

/// One thermal loop of a cooling zone: its law and its memory.
///
/// Inputs and how far to trust them: a temperature that is missing, stale or outside what a sensor in a working rack can
/// read asks for the loop's failsafe duty, and leaves the law where it was.
@frozen
public struct ThermalLoop: Sendable {
    public let law: ThermalLaw
    /// Its output limits the zone's duty instead of asking for one.
    public let isCeiling: Bool
    /// What the zone is driven with at least while the loop's input is missing.
    public let failsafe: PerMille
    public private(set) var pid: PIDState
    public private(set) var stepwise: StepwiseState
    /// The input was missing the last time.
    public private(set) var isBlind = true

    public init(law: ThermalLaw, isCeiling: Bool = false, failsafe: PerMille) {
        self.law = law
        self.isCeiling = isCeiling
        self.failsafe = failsafe
        pid = PIDState(output: failsafe)
        stepwise = StepwiseState(output: failsafe)
    }

    /// What the loop asks for, or allows.
    public var output: PerMille {
        switch law {
        case .pid: pid.output
        case .stepwise: stepwise.output
        }
    }

    /// The input that the law may use.
    public static func accepted(_ input: Temperature?) -> Temperature? {
        guard let input, Temperature.plausible.contains(input) else { return nil }
        return input
    }

    /// Takes in a temperature. `resumingAt` is the duty from which the loop goes on without a bump when its zone comes
    /// out of failsafe.
    public mutating func step(_ input: Temperature?, resumingAt duty: PerMille?, elapsed: Interval) {
        guard let input = Self.accepted(input) else {
            isBlind = true
            return
        }
        isBlind = false
        switch law {
        case .pid(let law, let setpoint):
            if let duty { pid = law.resumed(at: duty, input: input, setpoint: setpoint) }
            pid = law.next(after: pid, input: input, setpoint: setpoint, elapsed: elapsed)
        case .stepwise(let law):
            stepwise = law.next(after: stepwise, input: input)
        }
    }
}
