/// Conditions of a tray's BMC: live in `status`, sticky in `latchedFaults`.
@frozen
public struct BaseboardStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Power is above the enforced limit, and has been for longer than the correction time.
    public static var limitExceeded: Self { bit(0) }
    /// No accepted write came within the watchdog time.
    public static var commsWatchdog: Self { bit(1) }
    /// The default limit is in force until the next write of the power limit.
    public static var defaultLimit: Self { bit(2) }
    /// A limit is being enforced, from whichever source.
    public static var limitActive: Self { bit(3) }
    /// The tray's main power is off.
    public static var poweredOff: Self { bit(4) }
    /// The exception action has switched the tray off.
    public static var exceptionPowerOff: Self { bit(5) }
    public static var acceleratorOverTemperature: Self { bit(6) }
    public static var inletOverTemperature: Self { bit(7) }
    public static var outletOverTemperature: Self { bit(8) }
    public static var hostOverTemperature: Self { bit(9) }
    /// The accelerators are at their lowest limit: the BMC has nothing left to give.
    public static var atFloor: Self { bit(10) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the BMC has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self {
        limitExceeded.union(commsWatchdog).union(exceptionPowerOff).union(acceleratorOverTemperature)
            .union(inletOverTemperature).union(outletOverTemperature).union(hostOverTemperature)
    }
}

/// What a BMC does when the limit is not met within the correction time (DCMI Set Power Limit: 00h, 01h, 11h).
public enum BaseboardExceptionAction: Int64, Sendable {
    case nothing = 0
    case powerOff = 1
    case logOnly = 17
}
