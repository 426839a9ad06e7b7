/// Alarms of a pump unit, in the bits of `AALC_Status_Alarm` of the Open Rack V3 pumping unit.
@frozen
public struct PumpUnitAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The reservoir is below its low level.
    public static var reservoir: Self { bit(0) }
    /// The supply is above its threshold.
    public static var supplyTemperature: Self { bit(1) }
    /// Pumps run and next to nothing flows.
    public static var loopBlocked: Self { bit(7) }
    /// A pump is stalled or locked out.
    public static var pump: Self { bit(6) }
    /// The emergency button is pressed.
    public static var emergencyButton: Self { bit(8) }
    /// The unit is not ready to cool.
    public static var notReady: Self { bit(9) }
}
