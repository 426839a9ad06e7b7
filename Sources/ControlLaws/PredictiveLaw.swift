public import Units

/// Caps the peak that is coming, not the power that is here.
///
/// A training run swings the whole rack at every step. A law that looks at the present gives caps away in the trough
/// and takes them back in the peak, one actuation too late each time; where the trough outlasts its patience, every
/// step begins over the budget. This one learns the step's period (`SwingEstimate`), keeps each tray's demand over
/// more than one whole period, and pours the budget over those peaks as the water-filling law does: the caps stand
/// still while the load swings below them. Until a period is known, and for loads that do not swing, it is the
/// water-filling law.
@frozen
public struct PredictiveLaw: Sendable {
    public var filling: WaterFillingLaw
    public private(set) var swing = SwingEstimate()

    /// Swings smaller than this share of the budget are not worth predicting. Arbitrary.
    @inlinable static var leastSwing: PerMille { .percent(5) }
    /// Demand is kept for so much of a period, so that one that is late by half is still held.
    @inlinable static var kept: PerMille { .perMille(1500) }

    @inlinable public init(filling: WaterFillingLaw = WaterFillingLaw()) { self.filling = filling }

    public mutating func order(
        _ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>
    ) -> PowerOrder {
        swing.observe(
            situation.power, least: situation.budget.scaled(by: Self.leastSwing), elapsed: situation.elapsed)
        return filling.order(situation, &trays)
    }

    /// How long a tray's peak is to count as its demand, once a period is known.
    public var demandMemory: Interval? { swing.period.map { $0.scaled(by: Self.kept) } }
}
