public import Units

/// Board facts and factory settings of a tray's BMC. Defaults: eight accelerators of 400 W.
public struct BaseboardConfiguration: Sendable {
    /// 100 ms: the sampling of Meta's "Power Sloshing in Compound Servers".
    public var samplePeriod: Interval = .milliseconds(100)
    /// A BMC boots in tens of seconds. 30 s: arbitrary.
    public var bootTime: Interval = .seconds(30)
    /// Whether main power comes back with the input after an outage (IPMI's power restore policy: always on, or always off).
    public var restoresPower = true
    /// 0...16.
    public var acceleratorCount: UInt8 = 8
    /// 400 W: typical.
    public var acceleratorRatedPower: Power = .watts(400)
    /// The lowest limit that an accelerator accepts. Half the rated power: typical, arbitrary.
    public var acceleratorMinimumLimit: Power = .watts(200)
    /// Kept free when a limit is shared out, for what the fans may add before the next sample: six fans of 40 W that
    /// gain 2 % of duty in 100 ms near full speed take 14 W more (affinity law).
    public var fanPowerAllowance: Power = .watts(15)
    /// Power reading of the tray and of its host: whole watts, as DCMI reports it.
    public var powerRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(1000, 1))
    /// Power that an accelerator reports of itself: whole milliwatts, up to 4 kW.
    public var acceleratorPowerRange: ConverterRange = .unsigned(bits: 22, step: ExactRatio(1, 1))

    /// Lowest and highest limit of the whole tray. 2 kW and 6 kW: arbitrary.
    public var limitFloor: Power = .kilowatts(2)
    public var limitCeiling: Power = .kilowatts(6)
    /// How far above the limit counts as not met: 2 %, for converter errors; arbitrary.
    public var limitTolerance: PerMille = .percent(2)
    /// How fast the limit of an accelerator may rise, per second; zero is at once. Down is always at once.
    public var limitRise: Power = .zero

    // Alarm thresholds, fixed in the firmware. 87 degC: highest operating temperature of a 700 W SXM part (nvidia-smi
    // capture). 35 degC: ASHRAE A2 allowable inlet. Others: arbitrary.
    public var acceleratorOverTemperature: Temperature = .degrees(87)
    public var inletOverTemperature: Temperature = .degrees(35)
    public var outletOverTemperature: Temperature = .degrees(70)
    public var hostOverTemperature: Temperature = .degrees(95)
    /// Of each threshold in degrees Celsius. 2.5 %, so about 2 degrees at 87: arbitrary.
    public var alarmHysteresis: PerMille = .perMille(25)

    /// The most that correction time, sampling period and watchdog time may be set to. 600 s: arbitrary.
    public var longestTime: Interval = .seconds(600)
    public var settings = BaseboardSettings()

    public init() {}
}

/// What a BMC keeps in flash.
public struct BaseboardSettings: Hashable, Sendable {
    /// The limit until another is written, forgotten by a restart. 6 kW, the ceiling: arbitrary.
    public var powerLimit: Power = .kilowatts(6)
    public var isLimitActive = false
    /// 4 kW: arbitrary.
    public var defaultLimit: Power = .kilowatts(4)
    /// 1 s: the class floor of Intel Node Manager (typical).
    public var correctionTime: Interval = .seconds(1)
    /// 1 s: arbitrary.
    public var samplingPeriod: Interval = .seconds(1)
    public var exceptionAction: BaseboardExceptionAction = .logOnly
    /// 2 s: arbitrary; twenty periods of a 100 ms controller.
    public var watchdogTimeout: Interval = .seconds(2)

    public init() {}
}

/// The sensor errors of one tray's BMC.
public struct BaseboardCalibration: Hashable, Sendable {
    public var trayPower: ConverterError = .none
    public var hostPower: ConverterError = .none
    /// The same for all accelerators of the tray.
    public var acceleratorPower: ConverterError = .none

    public init() {}

    public static var none: BaseboardCalibration { BaseboardCalibration() }
}
