internal import DeviceFirmware
internal import Units

/// Where a device got its converter errors: drawn once from the run's seed, in a fixed order.
struct TestBench {
    private var stream: SeededStream

    init(seed: UInt64, device: Int) {
        stream = SeededStream(seed: seed, name: "converter errors", index: UInt64(device))
    }

    /// Uniform from 0 up to but not including `bound`.
    mutating func draw(below bound: UInt64) -> UInt64 { stream.next(below: bound) }

    /// Of a device that an event of the run puts in the place of another.
    init(seed: UInt64, replacement event: Int) {
        stream = SeededStream(seed: seed, name: "converter errors of a replacement", index: UInt64(event))
    }

    /// Uniform within plus or minus the data sheet's limit.
    mutating func gainError(perMillion limit: Int64) -> ConverterError {
        ConverterError(gainPerMillion: Int64(stream.next(below: UInt64(2 * limit + 1))) - limit)
    }
}
