/// What a converter can tell apart: the size of its step in the unit of its input, and the codes at its two ends.
@frozen
public struct ConverterRange: Hashable, Sendable {
    /// Units of the input per step.
    public let step: ExactRatio
    public let lowestCode: Int64
    public let highestCode: Int64

    public init(step: ExactRatio, lowestCode: Int64, highestCode: Int64) {
        precondition(lowestCode <= 0 && highestCode > 0, "a converter's range holds zero")
        self.step = step
        self.lowestCode = lowestCode
        self.highestCode = highestCode
    }

    /// A converter with a sign bit.
    public static func signed(bits: Int64, step: ExactRatio) -> ConverterRange {
        ConverterRange(step: step, lowestCode: -(1 << (bits - 1)), highestCode: 1 << (bits - 1) - 1)
    }

    /// A converter for positive inputs.
    public static func unsigned(bits: Int64, step: ExactRatio) -> ConverterRange {
        ConverterRange(step: step, lowestCode: 0, highestCode: 1 << bits - 1)
    }
}
