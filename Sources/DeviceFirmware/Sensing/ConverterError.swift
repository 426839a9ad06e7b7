/// How one converter deviates from the ideal: fixed per device instance, found once on a real bench, seeded in a
/// simulated one.
@frozen
public struct ConverterError: Hashable, Sendable {
    /// Parts per million; +500 reads 0.05 % high. Within plus or minus 100 000.
    public var gainPerMillion: Int64
    /// In steps of the converter.
    public var offsetSteps: Int64

    public init(gainPerMillion: Int64 = 0, offsetSteps: Int64 = 0) {
        self.gainPerMillion = gainPerMillion
        self.offsetSteps = offsetSteps
    }

    public static var none: ConverterError { ConverterError() }
}
