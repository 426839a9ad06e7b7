/// Register 62 of a supply and of a tether: the DC-DC stage. Bits: facebook/openbmc, rackmon2, register maps orv3_hpr_psu and
/// orv3_power_recv (Apache-2.0). Bits that no model has a sensor for stay clear.
@frozen
public struct ConverterOutputAlarms: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static var underVoltage: Self { bit(0) }
    public static var overVoltage: Self { bit(1) }
    public static var overCurrent: Self { bit(2) }
    public static var shortCircuit: Self { bit(3) }
    public static var stageFailed: Self { bit(8) }
    public static var secondaryControllerFailed: Self { bit(9) }
    public static var oringFailed: Self { bit(10) }
}
