public import Units

/// Board facts and factory settings of a tray's fan controller.
public struct FanControllerConfiguration: Sendable {
    /// 100 ms: the fan loop of phosphor-pid-control.
    public var samplePeriod: Interval = .milliseconds(100)
    /// 100 ms: typical of a small MCU, arbitrary.
    public var bootTime: Interval = .milliseconds(100)
    /// 1...16. 6: arbitrary.
    public var fanCount: UInt8 = 6
    /// At full duty. 80 mm server fans run 10 000 to 18 000 rpm (typical).
    public var maximumSpeed: RotationalSpeed = .rpm(16_000)
    /// Resolution of the tachometers: 30 rpm is one edge per second at two per turn.
    public var tachometerRange: ConverterRange = .unsigned(bits: 16, step: ExactRatio(30, 1))
    /// One fan: `idlePower + cubicPower * (speed / maximumSpeed)^3`, the form fitted to Sanyo Denki's data sheets.
    /// The figures are those of an 80 x 38 mm fan (typical).
    public var idlePower: Power = .watts(2)
    public var cubicPower: Power = .watts(48)
    /// Change of duty per second; zero is at once. Upward at once and downward 20 % per second: arbitrary.
    public var rise: PerMille = .zero
    public var fall: PerMille = .percent(20)
    /// How long a fan may be below its stall threshold. 3 s: arbitrary, a spin-up.
    public var spinUp: Interval = .seconds(3)
    /// By how much the board must cool below its threshold: 5 % of it, arbitrary.
    public var temperatureHysteresis: PerMille = .percent(5)
    /// Board sensor: a tenth of a degree per step, 12 bit with sign. Arbitrary.
    public var temperatureRange: ConverterRange = .signed(bits: 12, step: ExactRatio(100, 1))
    /// What the over-temperature threshold may be set to. Arbitrary.
    public var temperatureSettingRange: ClosedRange<Temperature> = .zero ... .degrees(125)
    /// The most that the watchdog time may be set to. 600 s: arbitrary.
    public var longestWatchdog: Interval = .seconds(600)
    public var settings = FanControllerSettings()

    public init() {}
}

/// What a fan controller keeps in flash.
public struct FanControllerSettings: Hashable, Sendable {
    /// Until another is written, forgotten by a restart. 50 %: arbitrary.
    public var dutyCommand: PerMille = .percent(50)
    /// 75 %: the example of phosphor-pid-control's documentation.
    public var failsafeDuty: PerMille = .percent(75)
    /// 20 %: below it many fans stop (Sanyo Denki San Ace 40 data sheet).
    public var minimumDuty: PerMille = .percent(20)
    /// 50 %: arbitrary.
    public var stallThreshold: PerMille = .percent(50)
    /// 65 degrees: arbitrary.
    public var overTemperature: Temperature = .degrees(65)
    /// 2 s: the sensor time-out of phosphor-pid-control for fans.
    public var watchdogTimeout: Interval = .seconds(2)

    public init() {}
}

/// The sensor errors of one fan controller.
public struct FanControllerCalibration: Hashable, Sendable {
    /// Its offset is in steps of a tenth of a degree.
    public var temperature: ConverterError

    public init(temperature: ConverterError = .none) { self.temperature = temperature }

    public static var none: FanControllerCalibration { FanControllerCalibration() }
}
