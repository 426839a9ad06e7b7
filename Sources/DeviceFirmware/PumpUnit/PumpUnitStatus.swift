/// Conditions of a pump unit: live in `status`, sticky in `latchedFaults`.
@frozen
public struct PumpUnitStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A pump is stalled or locked out; the others run at full duty.
    public static var pumpFailed: Self { bit(0) }
    /// No accepted write came within the watchdog time.
    public static var commsWatchdog: Self { bit(1) }
    /// The failsafe duty is driven, or more.
    public static var failsafe: Self { bit(2) }
    /// The facility valve has not reached where it is driven.
    public static var valveStuck: Self { bit(3) }
    /// The supply thermometer is lost: the valve is driven open.
    public static var sensorLost: Self { bit(4) }
    public static var leak: Self { bit(5) }
    public static var lowLevel: Self { bit(6) }
    /// The pumps are stopped before they run dry.
    public static var dry: Self { bit(7) }
    /// The pumps are stopped by the emergency button or by command.
    public static var stopped: Self { bit(8) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self {
        pumpFailed.union(commsWatchdog).union(valveStuck).union(sensorLost).union(leak).union(lowLevel).union(dry)
            .union(stopped)
    }
}
