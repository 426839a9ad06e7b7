/// Conditions of a leak and door sensor: live in `status`, sticky in `latched`.
@frozen
public struct LeakSensorStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var leak: Self { bit(0) }
    public static var doorOpen: Self { bit(1) }
    /// The rope's own loop is broken: a leak would not be seen.
    public static var ropeBroken: Self { bit(2) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self { leak.union(doorOpen).union(ropeBroken) }
}
