/// Conditions of a busbar meter: live in `status`, sticky in `latchedFaults`.
@frozen
public struct BusbarMeterStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var overPower: Self { bit(0) }
    public static var underVoltage: Self { bit(1) }
    public static var overVoltage: Self { bit(2) }
    /// A converter stood at the end of its range within the last window.
    public static var saturated: Self { bit(9) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self { overPower.union(underVoltage).union(overVoltage).union(saturated) }
}
