/// Whole days from an order to the receipt of its first lot.
///
/// A promise that is kept, or a spread. Of a spread, people who buy parts can tell three days: the earliest, the one that
/// they would bet on, and the latest; the triangular distribution takes just these.
public enum LeadTime: Hashable, Sendable {
    case quoted(days: Int)
    /// `earliest <= typical <= latest`, and not all the same.
    case triangular(earliest: Int, typical: Int, latest: Int)

    public var earliest: Int {
        switch self {
        case .quoted(let days): days
        case .triangular(let earliest, _, _): earliest
        }
    }

    /// What a buyer plans with.
    public var typical: Int {
        switch self {
        case .quoted(let days): days
        case .triangular(_, let typical, _): typical
        }
    }

    public var latest: Int {
        switch self {
        case .quoted(let days): days
        case .triangular(_, _, let latest): latest
        }
    }

    /// The day by the end of which a share of all such orders, 0...1, has come: the inverse of the distribution, rounded
    /// up to a whole day, so that the chance to have come by the end of a day is exactly the distribution there.
    public func days(atShare share: Double) -> Int {
        guard case .triangular(let earliest, let typical, let latest) = self else { return typical }
        let (low, mode, high) = (Double(earliest), Double(typical), Double(latest))
        let span = high - low
        let share = min(max(share, 0), 1)
        let rising = (mode - low) / span
        let day =
            share < rising
            ? low + (share * span * (mode - low)).squareRoot()
            : high - ((1 - share) * span * (high - mode)).squareRoot()
        return Int(day.rounded(.up))
    }
}
