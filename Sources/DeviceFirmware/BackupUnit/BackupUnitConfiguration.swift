public import Units

/// Board facts and factory settings of a battery or capacitor unit. Defaults: a battery unit of an Open Rack V3 HPR shelf.
public struct BackupUnitConfiguration: Sendable {
    /// 1 ms: half of the 2 ms in which a loss is to be noticed.
    public var samplePeriod: Interval = .milliseconds(1)
    /// Samples per latched reading. 100, so a reading each 100 ms: arbitrary.
    public var averages: Int64 = 100
    /// 400 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(400)
    public var slot: UInt8 = 0
    /// Whether the charge is read off the voltage, as a capacitor's is, or counted.
    public var isCapacitor = false
    /// Units on the busbar that smooth together; each takes its part. Known from the shelf's own bus (CAN).
    public var unitCount: Int64 = 6
    /// 5.5 kW for 240 s.
    public var energy: Energy = .joules(1_320_000)
    public var dischargePower: Power = .watts(5500)
    public var chargePower: Power = .watts(1000)
    public var emptyVoltage: Voltage = .volts(40)
    public var fullVoltage: Voltage = .volts(54)
    /// Of the store, uOhm.
    public var microohms: Int64 = 20_000

    /// Whether the supplies tell it of a lost input by a line. One that has none goes by the busbar alone.
    public var hearsLossLine = true
    /// Open Rack V3: triggered when the bus is below 48.5 V for 2 ms, up within another 2 ms; back in standby when it was
    /// above 48.5 V for 200 ms; 240 s at most (Delta/AEI deck).
    public var triggerVoltage: Voltage = .millivolts(48_500)
    public var triggerTime: Interval = .milliseconds(2)
    public var riseTime: Interval = .milliseconds(2)
    public var returnTime: Interval = .milliseconds(200)
    public var maximumDischargeTime: Interval = .seconds(240)
    /// What that time may be set to. Arbitrary.
    public var dischargeTimeRange: ClosedRange<Interval> = .seconds(1) ... .seconds(3600)

    /// A charge begins below this and ends at a full store. Arbitrary: small discharges are not worth a charge.
    public var rechargeBelow: PerMille = .percent(98)
    /// Smoothing lets the charge go no higher, so that there is always room for a trough. Arbitrary.
    public var smoothingCharge: PerMille = .percent(98)
    /// 60 degrees: typical limit of lithium-ion cells under discharge.
    public var overTemperature: Temperature = .degrees(60)
    /// 10 mV steps of the busbar, 10 mV of the store, 10 mA: typical of a 14-bit converter.
    public var voltageRange: ConverterRange = .unsigned(bits: 14, step: ExactRatio(10_000, 1))
    public var currentRange: ConverterRange = .signed(bits: 16, step: ExactRatio(10_000, 1))
    /// The most that a smoothing set point may be: far beyond any rack. Arbitrary.
    public var greatestSetpoint: Power = .watts(10_000_000)
    /// The most that the watchdog time may be set to. 600 s: arbitrary.
    public var longestWatchdog: Interval = .seconds(600)
    public var settings = BackupUnitSettings()

    public init() {}
}

/// What a unit is told, and keeps until it is told otherwise.
public struct BackupUnitSettings: Hashable, Sendable {
    /// Forgotten by a restart.
    public var command = BackupUnitCommand.standby
    public var floor: Power = .zero
    public var ceiling: Power = .zero
    /// Per second, of all supplies together. 10 kW/s: arbitrary.
    public var rampUp: Power = .watts(10_000)
    public var rampDown: Power = .watts(10_000)
    /// Until a controller says how much the budget bears. Arbitrary.
    public var chargeLimit: Power = .watts(100)
    /// Arbitrary: a capacitor unit is there to be emptied; a battery's spec says more.
    public var reserve: PerMille = .percent(10)
    public var maximumDischargeTime: Interval = .seconds(240)
    public var watchdogTimeout: Interval = .seconds(2)

    public init() {}
}

/// What a client may ask of a unit.
@frozen
public enum BackupUnitCommand: Int64, Sendable {
    case standby
    case smoothing
    /// The output is off even when the busbar falls: for transport and service.
    case sleep
}

/// The sensor errors of one unit.
public struct BackupUnitCalibration: Hashable, Sendable {
    public var busVoltage: ConverterError = .none
    public var packVoltage: ConverterError = .none
    public var packCurrent: ConverterError = .none

    public init() {}

    public static var none: BackupUnitCalibration { BackupUnitCalibration() }
}
