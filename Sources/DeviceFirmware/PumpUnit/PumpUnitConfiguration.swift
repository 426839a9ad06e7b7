public import Units

/// Board facts and factory settings of a pump unit.
public struct PumpUnitConfiguration: Sendable {
    /// 100 ms: arbitrary, short against the pumps' own second.
    public var samplePeriod: Interval = .milliseconds(100)
    /// 300 ms: typical of a small MCU, arbitrary.
    public var bootTime: Interval = .milliseconds(300)
    /// 1...4: the Open Rack V3 unit's map has room for four.
    public var pumpCount: UInt8 = 2
    /// At full duty. Canned rotary pumps of this size run 4000 to 6000 rpm (typical).
    public var maximumSpeed: RotationalSpeed = .rpm(5000)
    /// How long a pump may be below its stall threshold before it is locked out. 5 s: arbitrary, a run-up.
    public var spinUp: Interval = .seconds(5)
    /// Change of duty per second upward, where safety does not hurry, and downward; 25 % and 10 %: arbitrary.
    public var rise: PerMille = .percent(25)
    public var fall: PerMille = .percent(10)
    /// The valve's own loop from supply temperature to position: millionths of its way per kelvin, and per kelvin and
    /// second. Full way over 25 K and integral action in about 40 s, slower than the valve's own travel of a minute;
    /// arbitrary.
    public var valveProportional: Int64 = 40_000
    public var valveIntegral: Int64 = 1_000
    /// Of that loop, as the thermal loops of phosphor-pid-control.
    public var valvePeriod: Interval = .seconds(1)
    /// Difference between valve and command, and for how long, that counts as stuck: more than a full travel of 60 s.
    public var valveTolerance: PerMille = .percent(5)
    public var valvePatience: Interval = .seconds(75)
    /// Flow per pump at full speed below which the loop counts as blocked, mL/min. 2 L/min: arbitrary, next to nothing.
    public var blockedFlow: Int64 = 2_000
    /// By how much an alarm must recede: 5 % of its threshold, arbitrary.
    public var hysteresis: PerMille = .percent(5)
    /// What the temperature settings may be set to. Arbitrary.
    public var temperatureSettingRange: ClosedRange<Temperature> = .degrees(5) ... .degrees(70)
    /// The most that the watchdog time may be set to. 600 s: arbitrary.
    public var longestWatchdog: Interval = .seconds(600)
    public var settings = PumpUnitSettings()

    public init() {}
}

/// What a pump unit keeps in flash.
public struct PumpUnitSettings: Hashable, Sendable {
    /// Until another is written, forgotten by a restart. 60 %: arbitrary.
    public var dutyCommand: PerMille = .percent(60)
    /// 90 %: nobody knows how hot the trays are. Arbitrary.
    public var failsafeDuty: PerMille = .percent(90)
    /// 30 %: arbitrary.
    public var minimumDuty: PerMille = .percent(30)
    /// 50 %: arbitrary.
    public var stallThreshold: PerMille = .percent(50)
    /// 30 % warns and 5 % stops: arbitrary; the plant's pumps draw air below 15 %.
    public var lowLevel: PerMille = .percent(30)
    public var dryLevel: PerMille = .percent(5)
    /// 30 degrees: within the 25 to 45 degrees that such racks are fed with (typical).
    public var supplySetpoint: Temperature = .degrees(30)
    /// 45 degrees: the upper end of it.
    public var supplyThreshold: Temperature = .degrees(45)
    public var shutBranches: UInt32 = 0
    /// 5 s: arbitrary.
    public var watchdogTimeout: Interval = .seconds(5)

    public init() {}
}
