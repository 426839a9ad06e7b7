public import Units

/// A limit on how fast a duty may change, separately up and down.
///
/// As `slewPos` and `slewNeg` of OpenBMC's phosphor-pid-control: up fast enough to protect, down slowly enough that
/// fans do not hunt.
@frozen
public struct SlewLimit: Sendable {
    /// Greatest rise per second.
    public var risePerSecond: PerMille
    /// Greatest fall per second.
    public var fallPerSecond: PerMille

    @inlinable public init(risePerSecond: PerMille, fallPerSecond: PerMille) {
        self.risePerSecond = risePerSecond
        self.fallPerSecond = fallPerSecond
    }

    @inlinable public func limited(_ wanted: PerMille, from previous: PerMille, elapsed: Interval) -> PerMille {
        let milliseconds = min(max(0, elapsed.milliseconds), 1_000_000)
        let rise = risePerSecond.scaled(by: milliseconds, over: 1000)
        let fall = fallPerSecond.scaled(by: milliseconds, over: 1000)
        return min(max(wanted, previous - fall), previous + rise)
    }
}
