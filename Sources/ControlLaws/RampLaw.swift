public import Units

/// Limits how fast the rack's power may rise.
///
/// Grids and generators want a ramp, not a step (a site's interconnection asks for so many MW per minute; accelerators
/// of the Blackwell generation bring ramp-up and ramp-down rates of their own, NVML's power smoothing parameters). The
/// caps together follow what the trays demand: they rise by `rise` per second while that is more, and sink again when it
/// is less, after `hold`, so that the next rise begins near the power of that moment. Caps never lie below the trays'
/// floors: up to their sum a rise is beyond any law. Falls are not held up: that
/// takes stored energy or burnt power. Around the budget the bands are those of the three-band law.
@frozen
public struct RampLaw: Sendable {
    public var bands: ThreeBandLaw
    /// Per second.
    public var rise: Power
    /// Idle allowance is kept for so long: longer than the trough of a training step. Arbitrary.
    public var hold: Interval
    /// What the caps may add up to now; `nil` before the first cycle.
    public private(set) var allowance: Power?
    var idle = Interval.zero

    @inlinable public init(bands: ThreeBandLaw = .typical, rise: Power, hold: Interval = .seconds(5)) {
        self.bands = bands
        self.rise = rise
        self.hold = hold
    }

    public mutating func order(
        _ situation: PowerSituation, _ trays: borrowing MutableSpan<TrayAllocation>
    ) -> PowerOrder {
        var order = bands.order(situation)
        let step = rise.scaled(by: situation.elapsed.milliseconds, over: 1000)
        var (least, used) = (Power.zero, Power.zero)
        for index in trays.indices {
            let tray = trays[index]
            least += tray.isControllable ? tray.floor : tray.bound
            used += tray.isControllable ? max(tray.floor, min(tray.demand, tray.ceiling)) : tray.bound
        }
        var next = max(least, allowance ?? used)
        if used >= next {
            idle = .zero
            next += step
        } else {
            idle += situation.elapsed
            if idle >= hold { next = max(least, max(used, next - step)) }
        }
        next = min(next, order.capLimit)
        allowance = next
        order.capLimit = next
        order.target = min(order.target, next)
        // Up to the allowance caps may rise inside the band as well; how fast is what the allowance says.
        if order.band != .lower { order.band = .raise }
        order.slew = rise
        return order
    }
}
