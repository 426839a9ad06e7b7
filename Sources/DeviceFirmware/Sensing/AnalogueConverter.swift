/// An analogue-to-digital converter: gain error, offset error, step, saturation at both ends.
///
/// `code = clamp(round(input * (1 + gain) / step) + offset)`, without a division.
@frozen
public struct AnalogueConverter: Sendable {
    @usableFromInline let toCode: FixedPointMultiplier
    @usableFromInline let largestInput: Int64
    @usableFromInline let offset: Int64
    public let range: ConverterRange

    public init(_ range: ConverterRange, error: ConverterError = .none) {
        precondition(
            error.gainPerMillion >= -100_000 && error.gainPerMillion <= 100_000, "a gain error is within 10 %")
        let gain = ExactRatio(1_000_000 + error.gainPerMillion, 1_000_000)
        let step = range.step
        // Far enough beyond both ends that any gain and offset error still saturates there.
        let codes = max(range.highestCode, -range.lowestCode) + max(error.offsetSteps, -error.offsetSteps) + 2
        let bound = codes * step.numerator / step.denominator
        largestInput = bound + bound / 4 + step.numerator
        toCode = FixedPointMultiplier(
            gain * ExactRatio(step.denominator, step.numerator), largestInput: largestInput)
        offset = error.offsetSteps
        self.range = range
    }

    @inlinable public func code(of input: Int64) -> Int64 {
        let bounded = min(max(input, -largestInput), largestInput)
        return min(max(toCode(bounded) &+ offset, range.lowestCode), range.highestCode)
    }

    /// Whether a code stands at an end of the range, where it says nothing about how far beyond the input is.
    @inlinable public func isSaturated(_ code: Int64) -> Bool {
        code >= range.highestCode || (code <= range.lowestCode && range.lowestCode < 0)
    }
}
