/// Conditions of a rack PDU: live in `status`, sticky in `latchedFaults`.
@frozen
public struct RackPDUStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The inlet current is above its threshold.
    public static var overload: Self { bit(0) }
    /// The inlet's breaker is open.
    public static var breakerOpen: Self { bit(1) }
    /// The inlet is dead.
    public static var inletLost: Self { bit(2) }
    /// At least one outlet is off.
    public static var outletOff: Self { bit(3) }
    /// At least one outlet waits for its turn to be switched on.
    public static var sequencing: Self { bit(4) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self { overload.union(breakerOpen).union(inletLost) }
}
