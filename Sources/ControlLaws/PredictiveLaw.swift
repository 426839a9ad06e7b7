public import Units

/// Caps the peak that is coming, not the power that is here.
///
/// A training job swings its trays at every step. A law that looks at the present gives their caps to others in the
/// trough and has to take them back in the peak, write after write; the job waits for its slowest tray meanwhile. This
/// one learns the step's period (`SwingEstimate`), counts each tray's highest power of more than one whole period as
/// its demand (`PeakWindow`), and pours the budget over those peaks as the water-filling law does: the caps stand still
/// while the load swings below them. Until a period is known, and for loads that do not swing, it is the water-filling
/// law.
@frozen
public struct PredictiveLaw: Sendable {
    public var filling: WaterFillingLaw
    public private(set) var swing = SwingEstimate()

    /// Swings smaller than this share of the budget are not worth predicting. Arbitrary.
    @inlinable static var leastSwing: PerMille { .percent(5) }
    /// A peak counts for so much of a period at least, so that a step that is late by half is still held.
    @inlinable static var kept: PerMille { .perMille(1500) }

    @inlinable public init(filling: WaterFillingLaw = WaterFillingLaw()) { self.filling = filling }

    public mutating func order(
        _ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>
    ) -> PowerOrder {
        swing.observe(
            situation.power, least: situation.budget.scaled(by: Self.leastSwing), elapsed: situation.elapsed)
        return filling.order(situation, &trays)
    }

    /// For how long at least a tray's peak counts as its demand, once a period is known.
    public var demandWindow: Interval? { swing.period.map { $0.scaled(by: Self.kept) } }
}
