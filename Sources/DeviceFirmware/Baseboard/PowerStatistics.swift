import Units

/// The DCMI power reading: an average per sampling period, and lowest, highest and mean of those since cleared.
struct PowerStatistics: Sendable {
    private(set) var reading: Power = .zero
    private var sum: Int64 = 0
    private var count: Int64 = 0
    private var extremes = Extremes()
    private var readingSum: Int64 = 0
    private var readingCount: Int64 = 0
    private var hasReading = false

    var lowest: Power { Power(rawValue: extremes.lowest) }
    var highest: Power { Power(rawValue: extremes.highest) }
    var mean: Power {
        readingCount == 0 ? .zero : Power(rawValue: ExactRatio.roundedQuotient(readingSum, readingCount))
    }

    /// Takes a sample; `window` samples make a reading.
    mutating func take(_ power: Power, window: Int64) {
        sum += power.rawValue
        count += 1
        // Until the first period is over the reading is the average so far: a BMC that just booted must not report a
        // running tray at 0 W.
        if !hasReading { reading = Power(rawValue: ExactRatio.roundedQuotient(sum, count)) }
        guard count >= window else { return }
        hasReading = true
        reading = Power(rawValue: ExactRatio.roundedQuotient(sum, count))
        (sum, count) = (0, 0)
        extremes.take(reading.rawValue)
        readingSum += reading.rawValue
        readingCount += 1
    }

    /// Begins the statistics anew; the last reading stands until the next.
    mutating func clear() {
        let (kept, had) = (reading, hasReading)
        self = PowerStatistics()
        (reading, hasReading) = (kept, had)
    }
}
