/// The lowest and highest of the values seen; zero before the first.
@frozen
public struct Extremes: Sendable {
    private var least: Int64 = .max
    private var greatest: Int64 = .min

    public init() {}

    public var lowest: Int64 { least <= greatest ? least : 0 }
    public var highest: Int64 { least <= greatest ? greatest : 0 }

    public mutating func take(_ value: Int64) {
        least = min(least, value)
        greatest = max(greatest, value)
    }
}
