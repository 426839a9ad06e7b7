public import Units

/// Board facts and factory settings of a rectifier. Defaults: an Open Rack V3 HPR supply of 5.5 kW.
public struct PowerSupplyConfiguration: Sendable {
    /// 10 ms: half an AC period at 50 Hz, over which the root mean square is taken anyway.
    public var samplePeriod: Interval = .milliseconds(10)
    /// Samples per latched reading. 10, so a reading each 100 ms: arbitrary.
    public var averages: Int64 = 10
    /// 400 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(400)
    /// Slot in the shelf from 0, and the shelf's address.
    public var slot: UInt8 = 0
    public var shelfAddress: UInt8 = 0

    // Steps are those of the registers of the HPR map: 1/64 V, 1/1024 A, 1/1024 V, 1/64 A (rackmon2 orv3_hpr_psu).
    public var inputVoltageRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 1))
    public var inputCurrentRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 16))
    public var outputVoltageRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 16))
    public var outputCurrentRange: ConverterRange = .signed(bits: 16, step: ExactRatio(15_625, 1))
    public var bulkVoltageRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(15_625, 1))

    public var limits = PowerSupplyLimits()

    /// At no load. 50 V: between the 51 V and 48 V levels of ORv3.
    public var voltageSetpoint: Voltage = .volts(50)
    /// Allowed setpoints. Spans both levels of ORv3; the margins are arbitrary.
    public var setpointRange: ClosedRange<Voltage> = .volts(47) ... .volts(52)
    /// Active current sharing on.
    public var settings: PowerSupplySettings = .activeCurrentSharing
    /// From good input to output on (soft start). 100 ms: arbitrary.
    public var startDelay: Interval = .milliseconds(100)
    /// Output off time of a commanded power cycle. 5 s: arbitrary.
    public var powerCycleTime: Interval = .seconds(5)
    /// Span of the periodic bus-voltage extremes. 10 s: arbitrary.
    public var statisticsPeriod: Interval = .seconds(10)

    /// 40 mm counter-rotating fans: 25 000 rpm (Sanyo Denki 9GAX0412P3S001 data sheet).
    public var fans = ConverterFanSettings(maximumSpeed: .rpm(25_000))

    public init() {}
}

/// The thresholds of a rectifier, fixed in its firmware.
public struct PowerSupplyLimits: Hashable, Sendable {
    /// 200 V to 277 V with 10 % either way (Open Rack V3 shelf): 180 V and 305 V.
    public var inputUnderVoltage: Voltage = .volts(180)
    public var inputOverVoltage: Voltage = .volts(305)
    /// 47 Hz, in mHz: typical.
    public var inputFrequencyLow: Int64 = 47_000
    /// 63 Hz, in mHz: typical.
    public var inputFrequencyHigh: Int64 = 63_000
    /// Below it the hold-up time is no longer whole: arbitrary.
    public var bulkLow: Voltage = .volts(380)
    /// Below it the DC-DC stage stops: arbitrary.
    public var bulkMinimum: Voltage = .volts(300)
    /// 160 % of 5.5 kW at 50 V, the pulse that an HPR supply must carry (Delta and AEI, HPR shelf); for 100 ms, and a short
    /// circuit from 300 A: arbitrary.
    public var output = OutputLimits(
        overCurrent: .amperes(176), overCurrentTime: .milliseconds(100), shortCircuit: .amperes(300))
    // Temperatures from which an alarm stands, or the output is latched off: arbitrary.
    public var inlet: Temperature = .degrees(60)
    public var outlet: Temperature = .degrees(85)
    public var hotSpot: Temperature = .degrees(110)
    public var hotSpotShutdown: Temperature = .degrees(125)
    public var busClip: Temperature = .degrees(100)
    public var busClipShutdown: Temperature = .degrees(115)
    /// By how much a value recedes before its alarm ends: 2 %, arbitrary.
    public var hysteresis: PerMille = .percent(2)

    public init() {}
}

/// The converter errors of one power supply.
public struct PowerSupplyCalibration: Hashable, Sendable {
    public var inputVoltage: ConverterError = .none
    public var inputCurrent: ConverterError = .none
    /// Of both output and bus.
    public var outputVoltage: ConverterError = .none
    public var outputCurrent: ConverterError = .none

    public init() {}

    public static var none: PowerSupplyCalibration { PowerSupplyCalibration() }
}
