public import Units

/// Time to trip over multiples of the rated current, as the controller is told it.
@frozen
public enum OverloadCurve: Sendable {
    /// IEC 60255-151 very inverse: 13.5 / (M - 1) times the multiplier, s.
    case veryInverse(timeMultiplier: PerMille)
    /// IEC 60255-151 extremely inverse: 80 / (M^2 - 1) times the multiplier, s.
    case extremelyInverse(timeMultiplier: PerMille)
    /// One time for any overload above the pick-up: the shortest of a curve that is known by points only.
    case definite(time: Interval)
}

/// What the controller makes of a breaker's thermal state, from the power that it believes to flow.
///
/// The same integral as a breaker with thermal memory (IEC 60255-151, annex A), on the fast edge of its tolerance, in
/// whole numbers: the real breaker cannot be asked, so the estimate errs towards hot. It cools by the implicit rule
/// h / (1 + t / T), which is slower than the breaker's exponential whatever the scan cycle.
@frozen
public struct BreakerEstimate: Sendable {
    /// Billionths of the heat at which the breaker trips.
    @usableFromInline var heat: Int64
    @usableFromInline let curve: OverloadCurve
    /// The share of the curve's time after which the fastest specimen trips.
    @usableFromInline let fastEdge: PerMille
    /// Time constant of cooling below the pick-up.
    @usableFromInline let cooling: Interval
    /// No higher multiple is ever counted on, however short: what stands in series may give up at once beyond it.
    public let most: PerMille

    /// The heat at which a breaker trips.
    @usableFromInline static var tripHeat: Int64 { 1_000_000_000 }
    /// From here on it heats up. IEC 60947-2 has 1.05 as the current at which no breaker trips; taken lower, because the
    /// current is not measured but inferred.
    @usableFromInline static var pickUp: PerMille { .perMille(1020) }

    /// Far beyond every magnetic trip; keeps the products below within 64 bits. Arbitrary.
    @usableFromInline static var greatestMultiple: PerMille { .perMille(100_000) }

    /// `share`: how hot the breaker is taken to be at first.
    @inlinable public init(
        curve: OverloadCurve, fastEdge: PerMille, cooling: Interval, most: PerMille = .perMille(100_000),
        share: PerMille = .zero
    ) {
        heat = share.rawValue * (Self.tripHeat / 1000)
        self.most = most
        self.curve = curve
        self.fastEdge = fastEdge
        self.cooling = cooling
    }

    /// 0...1000; a whole trips the fastest specimen.
    @inlinable public var share: PerMille { .perMille(heat / (Self.tripHeat / 1000)) }

    /// Takes it to be at least so hot from now on.
    @inlinable public mutating func assumeAtLeast(_ share: PerMille) {
        heat = max(heat, share.rawValue * (Self.tripHeat / 1000))
    }

    /// Lets `multiple` of the rated current flow for so long.
    @inlinable public mutating func carry(_ multiple: PerMille, for elapsed: Interval) {
        let time = max(0, elapsed.milliseconds)
        if multiple <= Self.pickUp {
            let constant = max(1, cooling.milliseconds)
            heat = heat * constant / (constant + time)
        } else {
            heat = min(Self.tripHeat, heat + heatPerMillisecond(at: min(multiple, Self.greatestMultiple)) * time)
        }
    }

    /// Billionths of the trip heat.
    @inlinable func heatPerMillisecond(at multiple: PerMille) -> Int64 {
        let excess = multiple.rawValue - 1000
        switch curve {
        case .veryInverse(let multiplier):
            // (M - 1) / 13.5 s, in parts of 1e9 per ms: excess * 1e-3 / 13_500 ms * 1e9.
            return excess * 1_000_000_000 / 13_500 / max(1, scaled(multiplier))
        case .extremelyInverse(let multiplier):
            // (M^2 - 1) / 80 s: excess * (M + 1) * 1e-6 / 80_000 ms * 1e9.
            return excess * (multiple.rawValue + 1000) * 1_000 / 80 / max(1, scaled(multiplier))
        case .definite(let time):
            return Self.tripHeat / max(1, time.milliseconds * fastEdge.rawValue / 1000)
        }
    }

    /// Time multiplier and fast edge together, in thousandths.
    @inlinable func scaled(_ multiplier: PerMille) -> Int64 { multiplier.rawValue * fastEdge.rawValue / 1000 }

    /// The highest multiple that may flow for `horizon` without the heat rising above `limit`; at least the rated
    /// current, and no more than `most`.
    @inlinable public func allowedMultiple(for horizon: Interval, limit: PerMille, most: PerMille) -> PerMille {
        let room = limit.rawValue * (Self.tripHeat / 1000) - heat
        guard room > 0, most > .whole else { return .whole }
        var low: Int64 = 1000
        var high = most.rawValue
        while low < high {
            let middle = (low + high + 1) / 2
            let cost = heatPerMillisecond(at: .perMille(middle)) * horizon.milliseconds
            if cost <= room { low = middle } else { high = middle - 1 }
        }
        return .perMille(low)
    }
}
