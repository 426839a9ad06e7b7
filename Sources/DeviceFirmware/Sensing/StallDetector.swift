public import Units

/// Tells a fan that does not turn from one that is still spinning up.
///
/// Trusts the tachometer; a broken tachometer reads zero and so counts as a stall, which is the safe side.
@frozen
public struct StallDetector: Sendable {
    var slowSince: Instant = .never
    public private(set) var isStalled = false

    public init() {}

    /// `expected`: the healthy speed at the duty now driven. A fan below `threshold` of it for longer than `spinUp`
    /// is stalled; it recovers with the first sample that is not below.
    public mutating func update(
        speed: RotationalSpeed, expected: RotationalSpeed, threshold: PerMille, spinUp: Interval, at now: Instant
    ) {
        guard speed.rawValue * 1000 < expected.rawValue * threshold.rawValue else {
            slowSince = .never
            isStalled = false
            return
        }
        if slowSince == .never { slowSince = now }
        if now - slowSince > spinUp { isStalled = true }
    }
}
