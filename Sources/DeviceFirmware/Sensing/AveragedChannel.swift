/// A converter with the running sum of its codes and the reading that was latched from it.
///
/// The input is in millionths of the quantity's principal unit, the reading in its thousandths (the base unit of
/// signals), unless `inputUnitsPerReading` says otherwise.
@frozen
public struct AveragedChannel: Sendable {
    public let converter: AnalogueConverter
    @usableFromInline let toReading: FixedPointMultiplier
    let readingPerCode: ExactRatio
    @usableFromInline var lastCode: Int64 = 0
    @usableFromInline var sum: Int64 = 0
    /// The average latched last, in base units.
    public private(set) var reading: Int64 = 0

    public init(_ range: ConverterRange, error: ConverterError = .none, inputUnitsPerReading: Int64 = 1000) {
        converter = AnalogueConverter(range, error: error)
        readingPerCode = range.step * ExactRatio(1, inputUnitsPerReading)
        toReading = FixedPointMultiplier(
            readingPerCode, largestInput: max(range.highestCode, -range.lowestCode))
    }

    /// Converts once; returns the code.
    @inlinable @inline(__always) @discardableResult
    public mutating func take(_ input: Int64) -> Int64 {
        let code = converter.code(of: input)
        lastCode = code
        sum &+= code
        return code
    }

    /// The last conversion in base units.
    @inlinable public var now: Int64 { toReading(lastCode) }

    /// Ends an averaging window of `count` conversions.
    mutating func latch(count: Int64) {
        reading = ExactRatio.roundedQuotient(sum * readingPerCode.numerator, readingPerCode.denominator * count)
        sum = 0
    }

    /// Forgets the window and the reading, as a reset does.
    mutating func clear() {
        lastCode = 0
        sum = 0
        reading = 0
    }
}
