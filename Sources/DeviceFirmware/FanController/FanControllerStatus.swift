/// Conditions of a fan controller: live in `status`, sticky in `latchedFaults`.
@frozen
public struct FanControllerStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// At least one fan is stalled; the others run at full duty.
    public static var fanStalled: Self { bit(0) }
    /// No accepted write came within the watchdog time.
    public static var commsWatchdog: Self { bit(1) }
    /// The failsafe duty is driven, or more.
    public static var failsafe: Self { bit(2) }
    public static var overTemperature: Self { bit(3) }
    public static var sensorLost: Self { bit(4) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self { fanStalled.union(commsWatchdog).union(overTemperature).union(sensorLost) }
}
