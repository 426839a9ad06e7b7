public import Units

/// What a law wants of the units that smooth, all of them together: set points for the loops in their own MCUs.
@frozen
public struct BackupOrder: Hashable, Sendable {
    /// Between which powers the supplies follow the load by the ramps alone.
    public var floor: Power
    public var ceiling: Power
    /// Per second, up and down.
    public var ramp: Power

    @inlinable public init(floor: Power, ceiling: Power, ramp: Power) {
        self.floor = floor
        self.ceiling = ceiling
        self.ramp = ramp
    }
}
