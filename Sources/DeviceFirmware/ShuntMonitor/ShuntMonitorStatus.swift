/// Conditions of a shunt monitor: live in `status`, sticky in `latchedFaults`.
@frozen
public struct ShuntMonitorStatus: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A channel is above its critical threshold.
    public static var critical: Self { bit(0) }
    /// A channel is above its warning threshold.
    public static var warning: Self { bit(1) }
    /// The accumulators have stopped: they hold as many samples as they can until they are latched.
    public static var accumulatorsFull: Self { bit(2) }
    /// A converter stood at the end of its range within the last window.
    public static var saturated: Self { bit(9) }
    /// Sticky only: samples were missed.
    public static var overrun: Self { bit(11) }
    /// Sticky only: the MCU has restarted.
    public static var restarted: Self { bit(12) }
    /// Live only: at least one sticky bit is set.
    public static var latchedFault: Self { bit(15) }

    static var sticky: Self { accumulatorsFull.union(saturated) }
}
