public import Units

/// The converter in front of a device's MCU, and how it is used: what a maker chooses and a map does not show.
public struct SensingSettings: Hashable, Sendable {
    public var converter: ConverterPart
    /// Conversions to a latched reading, 1...1024.
    public var averages: Int

    public init(converter: ConverterPart, averages: Int) {
        self.converter = converter
        self.averages = averages
    }
}

/// The converter parts whose figures the firmware knows (`PowerConverter`).
public enum ConverterPart: String, CaseIterable, Sendable {
    case ina228
    case ina238
    case adm1278
    case ina3221
    case max34417
}

/// The time in which a device refuses every request as busy (exception 6), again and again.
public struct BusySettings: Hashable, Sendable {
    /// From one beginning to the next.
    public var every: Interval
    /// Shorter than `every`.
    public var length: Interval

    public init(every: Interval, length: Interval) {
        self.every = every
        self.length = length
    }
}
