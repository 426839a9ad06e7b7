public import Units

/// A budget with time in it: power may exceed it for a while, as long as what was drawn above it, less what was saved
/// below it since, stays within an allowance of energy.
///
/// The token bucket of traffic shaping, in joules: over any stretch of time no more is drawn than budget times time plus
/// the allowance. What a contract on the mean power of some minutes, a row's battery or a generator's thermal mass come
/// to. Nothing is saved beyond the allowance, so a quiet night buys no wild morning.
@frozen
public struct EnergyAccount: Sendable {
    public let allowance: Energy
    /// The most by which power may exceed the budget, however much is left.
    public let most: Power
    /// What is overdrawn now.
    public private(set) var used = Energy.zero

    /// What is left must last so long: caps take hold several times over meanwhile. Arbitrary.
    @usableFromInline static var horizon: Interval { .seconds(2) }

    @inlinable public init(allowance: Energy, most: Power) {
        self.allowance = allowance
        self.most = most
    }

    /// Lets `power` be drawn for so long.
    public mutating func draw(_ power: Power, budget: Power, for elapsed: Interval) {
        let drawn = (power - budget).rawValue * max(0, elapsed.microseconds) / 1_000_000
        used = max(.zero, used + Energy(rawValue: drawn))
    }

    /// By how much power may exceed the budget now. It shrinks with what is left, so that the account is approached and
    /// never hit.
    @inlinable public var excess: Power {
        let left = max(.zero, allowance - used)
        return min(most, Power(rawValue: left.rawValue * 1000 / Self.horizon.milliseconds))
    }
}
