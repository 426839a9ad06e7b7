public import Units

/// How a converter cools itself with its two fans.
public struct ConverterFanSettings: Hashable, Sendable {
    public var maximumSpeed: RotationalSpeed
    /// Share of the expected speed below which a fan has failed, and for how long. Arbitrary.
    public var stallThreshold: PerMille = .percent(50)
    public var spinUp: Interval = .seconds(3)
    /// Duty up to `start`, then straight to full duty at `full`, by the hot spot. Arbitrary.
    public var minimumDuty: PerMille = .percent(20)
    public var start: Temperature = .degrees(45)
    public var full: Temperature = .degrees(95)

    public init(maximumSpeed: RotationalSpeed) { self.maximumSpeed = maximumSpeed }

    /// The duty that a hot spot asks for.
    func duty(for hotSpot: Temperature) -> PerMille {
        let above = hotSpot.clamped(to: start...full) - start
        let spread = PerMille.whole - minimumDuty
        return minimumDuty + spread.scaled(by: above.rawValue, over: (full - start).rawValue)
    }
}
