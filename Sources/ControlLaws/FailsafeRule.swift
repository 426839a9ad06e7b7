public import Units

/// What fans are driven with when an input is missing, stale or impossible.
///
/// As OpenBMC's phosphor-pid-control does it: any missing or stale input puts the zone into failsafe, where the output
/// is the greater of the failsafe duty and what the loop last asked for, so that a lost sensor never slows a fan.
@frozen
public struct FailsafeRule: Sendable {
    public var duty: PerMille
    /// Readings outside this range are the sensor's fault, not the tray's state.
    public var plausible: ClosedRange<Temperature>

    @inlinable public init(duty: PerMille, plausible: ClosedRange<Temperature>) {
        self.duty = duty
        self.plausible = plausible
    }

    /// -40 °C to 150 °C: no silicon sensor in a working rack reads beyond (arbitrary, wide).
    @inlinable public static var plausibleTemperatures: ClosedRange<Temperature> {
        .degrees(-40)...Temperature.degrees(150)
    }

    /// The input that the loop may use, or `nil`: then `duty(after:)` applies.
    @inlinable public func accepted(_ input: Temperature?) -> Temperature? {
        guard let input, plausible.contains(input) else { return nil }
        return input
    }

    @inlinable public func duty(after last: PerMille) -> PerMille { max(duty, last) }
}
