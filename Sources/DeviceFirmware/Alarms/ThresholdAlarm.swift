public import Units

/// A threshold with hysteresis.
///
/// The alarm begins when the value is beyond the threshold and ends when it has receded from it by the given share of
/// the threshold.
@frozen
public struct ThresholdAlarm: Sendable {
    @frozen
    public enum Side: UInt8, Sendable {
        case above
        case below
    }

    public let side: Side
    public private(set) var threshold: Int64
    private var release: Int64
    public private(set) var isActive = false

    public init(_ side: Side, _ threshold: Int64, hysteresis: PerMille) {
        self.side = side
        self.threshold = threshold
        release = Self.releaseLevel(side, threshold, hysteresis)
    }

    /// Takes another threshold; an alarm that is on ends only by a value beyond the new release level.
    public mutating func move(to threshold: Int64, hysteresis: PerMille) {
        self.threshold = threshold
        release = Self.releaseLevel(side, threshold, hysteresis)
    }

    public mutating func update(_ value: Int64) {
        switch side {
        case .above: isActive = value > threshold || (isActive && value > release)
        case .below: isActive = value < threshold || (isActive && value < release)
        }
    }

    public mutating func clear() { isActive = false }

    private static func releaseLevel(_ side: Side, _ threshold: Int64, _ hysteresis: PerMille) -> Int64 {
        let magnitude = threshold < 0 ? -threshold : threshold
        let band = magnitude * hysteresis.rawValue / 1000
        return side == .above ? threshold - band : threshold + band
    }
}
