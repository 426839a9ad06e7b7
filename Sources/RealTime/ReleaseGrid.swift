public import Units

/// The instants at which a periodic loop is released: first, first + period, first + 2 periods …
///
/// A cycle that ends late does not move the grid: what has passed meanwhile is skipped and counted, so that the loop
/// neither drifts nor catches up in a burst.
public struct ReleaseGrid: Sendable {
    public let period: Interval
    /// The release that the loop waits for, or works on.
    public private(set) var release: Instant
    /// Cycles that ended after the next release.
    public private(set) var lateCycles = 0
    /// Releases that passed while a late cycle went on.
    public private(set) var skippedReleases = 0
    /// Releases that were worked on to their end.
    public private(set) var cycles = 0

    /// `period` is above zero.
    public init(first: Instant, period: Interval) {
        precondition(period > .zero, "a grid needs a period")
        self.period = period
        release = first
    }

    /// Whether a cycle that ends at `now` is late.
    public func isLate(at now: Instant) -> Bool { now >= release + period }

    /// The cycle of `release` ended: on to the first release that has not passed.
    public mutating func advance(endedAt now: Instant) {
        cycles += 1
        let next = release + period
        guard now >= next else {
            release = next
            return
        }
        lateCycles += 1
        let passed = (now - next).rawValue / period.rawValue + 1
        skippedReleases += Int(passed)
        release = next + period * passed
    }

    /// On to the first release after `now`, without a cycle and without a complaint.
    public mutating func skip(to now: Instant) {
        guard now >= release else { return }
        release += period * ((now - release).rawValue / period.rawValue + 1)
    }
}
