/// What a client commands of a pump unit, in the bits of `RPU_Control` of the Open Rack V3 pumping unit. The real unit's
/// other bits are kept as written and do nothing.
@frozen
public struct PumpUnitControl: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The pumps stop and stay so.
    public static var stop: Self { bit(5) }
    /// Clears what is latched; falls back by itself.
    public static var clearLog: Self { bit(11) }
    /// Lets a pump that was locked out try again; each falls back by itself.
    public static func reset(pump index: UInt16) -> Self { bit(12 + index) }

    static var momentary: Self { Self(rawValue: 0xF000).union(.clearLog) }
    /// The pumps whose reset is asked for, bit n for pump n+1.
    var pumpsToReset: UInt16 { rawValue >> 12 }
}
