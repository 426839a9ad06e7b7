public import Units

/// Board facts and factory settings of a power monitor. Every default is replaced where a device spec knows better.
public struct PowerMonitorConfiguration: Sendable {
    /// Sample and conversion period. 1 ms: the plant's step; an INA228 converts in 50 us to 4.12 ms per channel
    /// (TI INA228 data sheet).
    public var samplePeriod: Interval = .milliseconds(1)
    /// Conversions per latched reading, 1...1024 (INA228 averaging counts). 16: arbitrary, a reading each 16 ms.
    public var averages: Int64 = 16
    /// Shunt resistance, microohms. 500 puts the +-163.84 mV range at +-327 A and a step at 625 uA: enough for a tray
    /// of 6 kW at 48 V, 125 A (arbitrary).
    public var shuntMicroohms: Int64 = 500
    public var converter: PowerConverter = .ina228
    /// Die temperature: 7.8125 millidegrees per step, 16 bit (TI INA228 data sheet, from memory: typical).
    public var temperatureRange: ConverterRange = .signed(bits: 16, step: ExactRatio(125, 16))
    /// From restart to the first answer and sample. 120 ms: typical of a small MCU, arbitrary.
    public var bootTime: Interval = .milliseconds(120)
    /// How long power must stay below the limit less hysteresis before the reflex lets go. 50 ms: arbitrary.
    public var brakeHold: Interval = .milliseconds(50)

    /// The limit in force until another is written; also what a restart forgets. 6 kW: arbitrary.
    public var powerLimit: Power = .kilowatts(6)
    /// What the two limits and the power threshold may be set to. 200 W to 20 kW: arbitrary.
    public var limitRange: ClosedRange<Power> = .watts(200) ... .kilowatts(20)
    /// What the voltage thresholds may be set to. 85 V: the end of the INA228's range (TI INA228 data sheet).
    public var voltageRange: ClosedRange<Voltage> = .zero ... .volts(85)
    /// What the current threshold may be set to. 1 kA: arbitrary.
    public var currentRange: ClosedRange<Current> = .zero ... .amperes(1000)
    /// What the temperature threshold may be set to. Arbitrary.
    public var temperatureSettingRange: ClosedRange<Temperature> = .zero ... .degrees(150)
    /// 50 %: arbitrary.
    public var largestHysteresis: PerMille = .perMille(500)
    /// The most that the watchdog time may be set to. 600 s: arbitrary.
    public var longestWatchdog: Interval = .seconds(600)
    /// Opens the protected settings. 0x5A5A: arbitrary, unlike zero, all ones and a single bit.
    public var writeKey: Int64 = 0x5A5A
    /// Whether there is a lock at all: a map without a key has none.
    public var hasLock = true

    public var settings = PowerMonitorSettings()

    public init() {}

    var busRange: ConverterRange { converter.bus }
    var currentConverterRange: ConverterRange { converter.currentRange(shuntMicroohms: shuntMicroohms) }
}

/// What a power monitor keeps in flash. All but the power limit itself, which a restart forgets on purpose.
public struct PowerMonitorSettings: Hashable, Sendable {
    /// 4 kW: arbitrary.
    public var defaultPowerLimit: Power = .kilowatts(4)
    /// Around the 48 V to 51 V of an Open Rack busbar (typical, arbitrary).
    public var overVoltage: Voltage = .volts(56)
    public var underVoltage: Voltage = .volts(44)
    public var overCurrent: Current = .amperes(150)
    public var overPower: Power = .kilowatts(6)
    public var overTemperature: Temperature = .degrees(105)
    /// Of each threshold and of the limit in force. 2 %: arbitrary.
    public var hysteresis: PerMille = .percent(2)
    /// 2 s: arbitrary; twenty periods of a 100 ms controller. (phosphor-pid-control gives its fan sensors 2 s.)
    public var watchdogTimeout: Interval = .seconds(2)

    public init() {}
}

/// The converter errors of one power monitor.
public struct PowerMonitorCalibration: Hashable, Sendable {
    public var voltage: ConverterError
    public var current: ConverterError
    public var temperature: ConverterError

    public init(
        voltage: ConverterError = .none, current: ConverterError = .none, temperature: ConverterError = .none
    ) {
        self.voltage = voltage
        self.current = current
        self.temperature = temperature
    }

    public static var none: PowerMonitorCalibration { PowerMonitorCalibration() }
}
