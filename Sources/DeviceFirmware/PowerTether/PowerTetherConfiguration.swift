public import Units

/// Board facts and factory settings of a power tether. No data sheet is public: what is not the map's is typical of 48 V
/// converters of this size, or arbitrary, and says so.
public struct PowerTetherConfiguration: Sendable {
    /// 10 ms: as a rectifier of the same rack samples; arbitrary.
    public var samplePeriod: Interval = .milliseconds(10)
    /// Samples per latched reading. 10, so a reading each 100 ms: arbitrary.
    public var averages: Int64 = 10
    /// 400 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(400)
    /// Place among the rack's tethers, from 0.
    public var position: UInt8 = 0

    // Steps are those of the registers: 1/1024 V and 1/64 A (rackmon2 orv3_power_recv).
    public var voltageRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 16))
    public var currentRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 1))

    public var limits = PowerTetherLimits()

    /// Active current sharing on.
    public var settings: PowerTetherSettings = .activeCurrentSharing
    /// From a good input to the relay's closing. 500 ms: the bounce of a plug is over; typical.
    public var plugDelay: Interval = .milliseconds(500)
    /// From the relay's closing to the output on: the input capacitors are charged. 500 ms: typical.
    public var startDelay: Interval = .milliseconds(500)
    /// How long the output stays off after it fell below its limit by itself. 5 s: arbitrary.
    public var retryDelay: Interval = .seconds(5)

    /// 40 mm counter-rotating fans: 24 000 rpm; typical.
    public var fans = ConverterFanSettings(maximumSpeed: .rpm(24_000))

    public init() {}
}

/// The thresholds of a power tether, fixed in its firmware.
public struct PowerTetherLimits: Hashable, Sendable {
    /// Two volts below the least that a load of an Open Rack V3 busbar must run at, 46 V: typical.
    public var inputUnderVoltage: Voltage = .volts(44)
    /// 56 V: typical.
    public var inputOverVoltage: Voltage = .volts(56)
    /// 46 V to 52 V is what devices of an Open Rack V3 busbar work at.
    public var remoteLow: Voltage = .volts(46)
    public var remoteHigh: Voltage = .volts(52)
    /// 10 % above 3 kW at 50.5 V for 1 s, and a short circuit from twice the rated current: arbitrary.
    public var output = OutputLimits(
        overCurrent: .milliamperes(65_350), overCurrentTime: .seconds(1), shortCircuit: .amperes(120))
    /// By how much more may seem to come out than goes in: a tenth, and 60 W for the converters' steps. Typical.
    public var inputSenseShare: PerMille = .percent(10)
    public var inputSenseOffset: Power = .watts(60)
    /// How long that must last. 1 s: arbitrary.
    public var inputSenseTime: Interval = .seconds(1)
    // Temperatures from which an alarm stands, or the output is latched off.
    /// Arbitrary.
    public var inlet: Temperature = .degrees(60)
    /// Arbitrary.
    public var outlet: Temperature = .degrees(85)
    /// Typical: 20 K below the 105 degC that power connectors are rated for.
    public var terminal: Temperature = .degrees(85)
    /// Typical: the 105 degC that power connectors are rated for.
    public var terminalShutdown: Temperature = .degrees(105)
    /// Arbitrary.
    public var hotSpot: Temperature = .degrees(110)
    /// Arbitrary.
    public var hotSpotShutdown: Temperature = .degrees(125)
    /// By how much a value recedes before its alarm ends: 2 %, arbitrary.
    public var hysteresis: PerMille = .percent(2)

    public init() {}
}

/// The converter errors of one power tether.
public struct PowerTetherCalibration: Hashable, Sendable {
    public var inputVoltage: ConverterError = .none
    public var inputCurrent: ConverterError = .none
    /// Of both output and bus.
    public var outputVoltage: ConverterError = .none
    public var outputCurrent: ConverterError = .none

    public init() {}

    public static var none: PowerTetherCalibration { PowerTetherCalibration() }
}
