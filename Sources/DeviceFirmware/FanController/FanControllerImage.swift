public import Units

/// What a fan controller senses at one instant.
@frozen
public struct FanControllerImage: Sendable {
    /// Tachometers, of which the fitted ones count.
    public var fanSpeeds: InlineArray<16, RotationalSpeed>
    /// The controller's own sensor, in the tray's outlet.
    public var boardTemperature: Temperature
    /// The sensor answers.
    public var isSensorPresent: Bool

    @inlinable public init(
        fanSpeeds: InlineArray<16, RotationalSpeed> = InlineArray(repeating: .zero),
        boardTemperature: Temperature = .degrees(25), isSensorPresent: Bool = true
    ) {
        self.fanSpeeds = fanSpeeds
        self.boardTemperature = boardTemperature
        self.isSensorPresent = isSensorPresent
    }
}

/// What a fan controller drives.
@frozen
public struct FanControllerOutputs: Hashable, Sendable {
    /// The duty of the pulse-width modulation common to all fans.
    public var duty: PerMille

    @inlinable public init(duty: PerMille) { self.duty = duty }
}
