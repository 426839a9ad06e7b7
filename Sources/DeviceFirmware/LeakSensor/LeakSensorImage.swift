public import Units

/// What a leak and door sensor senses at one instant; it drives nothing.
@frozen
public struct LeakSensorImage: Sendable {
    /// Conductance of the rope, as a share of that of one that lies in coolant.
    public var wetness: PerMille
    /// The resistor at the rope's far end is seen.
    public var isRopeWhole: Bool
    public var isDoorOpen: Bool

    @inlinable public init(wetness: PerMille = .zero, isRopeWhole: Bool = true, isDoorOpen: Bool = false) {
        self.wetness = wetness
        self.isRopeWhole = isRopeWhole
        self.isDoorOpen = isDoorOpen
    }
}
