public import Units

/// Board facts and factory settings of a leak and door sensor.
public struct LeakSensorConfiguration: Sendable {
    /// 100 ms: arbitrary.
    public var samplePeriod: Interval = .milliseconds(100)
    /// 100 ms: typical of a small MCU, arbitrary.
    public var bootTime: Interval = .milliseconds(100)
    /// The most that the delay may be set to. 60 s: arbitrary.
    public var longestDelay: Interval = .seconds(60)
    /// Wetness from which the rope counts as wet. 20 %: arbitrary, above what condensation leaves.
    public var threshold: PerMille = .percent(20)
    /// How long it must be wet: splashes and noise are shorter. 500 ms: arbitrary.
    public var delay: Interval = .milliseconds(500)

    public init() {}
}
