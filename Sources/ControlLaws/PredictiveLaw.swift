public import Units

/// Keeps room for the peak that is coming, and lends only what no peak will ask back.
///
/// A training job swings its trays at every step. A law that looks at the present gives their caps to others in the
/// trough and has to take them back in the peak, write after write, while the job waits for its slowest tray; a law that
/// remembers long enough to bridge the trough remembers every chance burst of a serving tray as long. This one learns
/// each tray's period (`SwingEstimate`). A tray that swings in time counts with its highest power of more than one whole
/// period (`PeakWindow`): its cap stands still while the load swings below it. Any other tray is remembered for
/// `patience` only. Over these demands the budget is poured as the water-filling law does.
@frozen
public struct PredictiveLaw: Sendable {
    public var filling: WaterFillingLaw

    /// Time constant with which the demand of a tray without a period is forgotten. Arbitrary: a few scan cycles.
    @inlinable public static var patience: Interval { .milliseconds(500) }
    /// Swings smaller than this share of a tray's ceiling are not worth predicting. Arbitrary.
    @inlinable public static var leastSwing: PerMille { .percent(10) }
    /// A peak counts for so much of a period at least, so that a step that is late by half is still held.
    @inlinable public static var kept: PerMille { .perMille(1500) }

    @inlinable public init(filling: WaterFillingLaw = WaterFillingLaw()) { self.filling = filling }

    @inlinable public func order(_ situation: PowerSituation, _ trays: inout MutableSpan<TrayAllocation>) -> PowerOrder
    {
        filling.order(situation, &trays)
    }
}
