public import Units

/// Keeps what the rack draws from its feeds calm while training swings its load, by what batteries and capacitors store.
///
/// Synchronous training swings a rack by tens of kilowatts at 0.2...3 Hz, which grids, generators and their neighbours
/// bear badly (E. Choukse et al., "Power Stabilization for AI Training Datacenters", arXiv 2508.14318: limits on ramp,
/// dynamic range and the band of frequencies). No law at the end of a serial bus can answer a swing; it would come late by
/// half a period. So the work is divided. The fast loop sits in the units' own MCUs and keeps the supplies inside a box:
/// between a floor and a ceiling, no faster than a ramp (the form of NVML's power smoothing). This law is the slow loop: it
/// moves the box.
///
/// Inputs and how far to trust them: the power that the trays count for, as fresh as the polls; the units' own word for
/// their charge. Intended behaviour: the box lies at the mean of the load over some periods of its swing
/// (`SwingEstimate`, or `memory` until one is known), shifted so that the charge comes back to the middle of its band
/// within `returnTime`: above it the supplies deliver less and the stores empty, below it more. It never lies above the
/// budget. Inside the band the shift is in proportion to what is missing; outside it is twice that, since a store
/// that is full or empty smooths nothing. Around the budget the trays are capped by the three-band law: stores shave no peaks here.
///
/// After a restart of the controller the mean begins at the present power. Without units it is the three-band law.
@frozen
public struct SmoothingLaw: Sendable {
    public var bands: ThreeBandLaw
    /// How fast the supplies' power may change per second.
    public var ramp: Power
    /// Where the charge is kept.
    public var lowest: PerMille
    public var highest: PerMille
    @usableFromInline var mean: Power?
    @usableFromInline var swing = SwingEstimate()

    /// Time constant of the mean before a period is known: of the slowest training swings, 0.2 Hz.
    @inlinable static var memory: Interval { .seconds(5) }
    /// Periods in that time constant, once one is known. Arbitrary: what is left of a swing in the mean falls with it, and
    /// what a store must hold when the load changes for good rises with it.
    @inlinable static var periods: Int64 { 3 }
    @inlinable static var shortestMemory: Interval { .seconds(2) }
    @inlinable static var longestMemory: Interval { .seconds(15) }
    /// Arbitrary: a few periods, so that the charge is steered and not the swing followed.
    @inlinable static var returnTime: Int64 { 20 }
    /// Swings smaller than this are noise. Arbitrary.
    @inlinable static var leastSwing: PerMille { .percent(5) }
    /// Half the height of the box, as a share of the mean: less than sensors of 0.5 % tell apart. Arbitrary.
    @inlinable static var halfHeight: PerMille { .perMille(5) }

    @inlinable public init(
        bands: ThreeBandLaw = .typical, ramp: Power, lowest: PerMille = .percent(30), highest: PerMille = .percent(90)
    ) {
        self.bands = bands
        self.ramp = ramp
        self.lowest = lowest
        self.highest = highest
    }

    @inlinable public func order(_ situation: PowerSituation) -> PowerOrder { bands.order(situation) }

    /// What the units are to do; `nil` where there are none.
    public mutating func order(_ situation: PowerSituation, _ units: BackupSituation) -> BackupOrder? {
        let power = situation.power
        swing.observe(power, least: situation.budget.scaled(by: Self.leastSwing), elapsed: situation.elapsed)
        let known = swing.period.map { $0 * Self.periods } ?? Self.memory
        let memory = known.clamped(to: Self.shortestMemory...Self.longestMemory)
        let before = mean ?? power
        let part = min(situation.elapsed.milliseconds, memory.milliseconds)
        let next = before + (power - before).scaled(by: part, over: memory.milliseconds)
        mean = next
        guard units.energy > .zero else { return nil }
        let middle = max(.zero, min(next - shift(units), situation.budget))
        let half = next.scaled(by: Self.halfHeight)
        return BackupOrder(
            floor: max(.zero, middle - half), ceiling: min(middle + half, max(middle, situation.budget)), ramp: ramp)
    }

    /// What the stores are to give on average, to bring their charge back to the middle of its band.
    @usableFromInline
    func shift(_ units: BackupSituation) -> Power {
        let middle = PerMille(rawValue: (lowest.rawValue + highest.rawValue) / 2)
        let excess = units.charge - middle
        // mJ over s = mW.
        let proportional = Power(rawValue: units.energy.scaled(by: excess).millijoules / Self.returnTime)
        let isOutside = units.charge < lowest || units.charge > highest
        return isOutside ? proportional * 2 : proportional
    }
}
