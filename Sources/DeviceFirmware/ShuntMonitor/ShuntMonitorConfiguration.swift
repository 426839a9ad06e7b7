public import Units

/// Board facts and factory settings of a shunt monitor.
public struct ShuntMonitorConfiguration: Sendable {
    /// 1...8.
    public var channelCount: UInt8 = 4
    public var converter: PowerConverter = .max34417
    /// 500 puts the 164 mV of the converter at 328 A, more than any 12 V rail of a tray (typical, arbitrary).
    public var shuntMicroohms: Int64 = 500
    /// One round of conversions, bus and shunt of every channel, and so the time to a critical alert.
    public var samplePeriod: Interval = .milliseconds(1)
    /// Rounds per latched reading, 1...1024.
    public var averages: Int64 = 16
    /// Samples that the accumulators hold. A MAX34417 adds 30 bit of power into 56 bit, which is full after 4.55 h of 1024
    /// samples a second: 2^24 of them (Maxim MAX34417 data sheet).
    public var accumulatorCapacity: Int64 = 1 << 24
    /// From restart to the first answer and sample. 60 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(60)
    /// 1 kA: arbitrary.
    public var currentRange: ClosedRange<Current> = .zero ... .amperes(1000)
    /// Of each threshold. 2 %: arbitrary.
    public var hysteresis: PerMille = .percent(2)
    /// What every channel's thresholds are until they are set: 300 A and 250 A, arbitrary.
    public var criticalThreshold: Current = .amperes(300)
    public var warningThreshold: Current = .amperes(250)

    public init() {}

    /// A part that converts one channel after the other, bus and shunt each: its round takes channels x 2 x conversion
    /// (Linux hwmon, ina3221: update = channels x samples x (bus + shunt)).
    public static func roundRobin(channels: UInt8, conversion: Interval) -> ShuntMonitorConfiguration {
        var configuration = ShuntMonitorConfiguration()
        configuration.channelCount = channels
        configuration.converter = .ina3221
        configuration.samplePeriod = conversion * (2 * Int64(channels))
        return configuration
    }

    /// From one reading to the next.
    public var updateTime: Interval { samplePeriod * averages }
}

/// What a shunt monitor's converters see at one instant, before any of their errors; of the fitted channels.
@frozen
public struct ShuntMonitorImage: Sendable {
    public var microvolts: InlineArray<8, Int64>
    public var microamperes: InlineArray<8, Int64>

    @inlinable public init(
        microvolts: InlineArray<8, Int64> = InlineArray(repeating: 0),
        microamperes: InlineArray<8, Int64> = InlineArray(repeating: 0)
    ) {
        self.microvolts = microvolts
        self.microamperes = microamperes
    }
}

/// The open-drain lines of a shunt monitor.
@frozen
public struct ShuntMonitorOutputs: Hashable, Sendable {
    /// A channel is above its critical threshold.
    public var critical: Bool
    /// A channel is above its warning threshold.
    public var warning: Bool

    @inlinable public init(critical: Bool = false, warning: Bool = false) {
        self.critical = critical
        self.warning = warning
    }
}
