/// Conditions of a power monitor: live in `status`, sticky in `latchedFaults`.
@frozen
public struct PowerMonitorStatus: FlagSet {
    public let rawValue: UInt16

    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Averaged power is above its warning threshold.
    public static var overPower: Self { bit(0) }
    /// No accepted write came within the watchdog time.
    public static var commsWatchdog: Self { bit(1) }
    /// The default limit is in force until the next write of the power limit.
    public static var defaultLimit: Self { bit(2) }
    public static var overVoltage: Self { bit(3) }
    public static var underVoltage: Self { bit(4) }
    public static var overCurrent: Self { bit(5) }
    public static var overTemperature: Self { bit(6) }
    /// The power-brake line is asserted, whatever the reason.
    public static var powerBrake: Self { bit(7) }
    /// A sample was above the limit in force; the reflex holds the brake.
    public static var overLimit: Self { bit(8) }
    /// A converter stood at the end of its range within the last averaging window.
    public static var saturated: Self { bit(9) }
    /// The protected settings are open for writing.
    public static var unlocked: Self { bit(10) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: the rack's power-brake line is pulled.
    public static var brakeLine: Self { bit(13) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    /// What becomes sticky when it appears. The default limit, the lock and the brake line itself (its reasons are
    /// in other bits, or it was asked for) are states, not faults.
    static var sticky: Self {
        overPower.union(commsWatchdog).union(overVoltage).union(underVoltage).union(overCurrent)
            .union(overTemperature).union(overLimit).union(saturated).union(overrun).union(restarted)
    }
}
