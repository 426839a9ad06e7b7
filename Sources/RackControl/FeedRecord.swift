import ControlLaws
import Units

/// What the controller keeps of a feed.
struct FeedRecord {
    /// DC power that its breaker carries for ever.
    var rating: Power
    var breaker: BreakerEstimate
    /// The same without what it was taken to hold at the beginning: what the controller has seen of it.
    var seen: BreakerEstimate
    /// Its supplies that carry load.
    var working = 0
    /// The same with those of which nothing is heard.
    var possible = 0
    var installed = 0
    /// How many there were when that last stood still for `settling`: a feed that is lost or returns does so supply by
    /// supply, as they are polled, and what it is worth to the others is not judged half-way. While it does not stand still
    /// at all, as on a bus that loses every other answer, no more than there lately were at once. A feed that falls silent
    /// has not failed: it is worth what it was before, for else the loss of telemetry alone would raise the budget, to what
    /// the other feed carries for as long as nothing happens to it.
    private(set) var settled = 0
    /// What `settled` was when some of its supplies were last heard to work.
    private var heard = 0
    private var latest = 0
    private var changedAt = Instant.start
    /// The most of this span and of the one before.
    private var highest = 0
    private var highestBefore = 0
    private var spanBegan = Instant.start

    /// Longer than the polls of all supplies and than their start after an outage differs. Arbitrary.
    private static let settling = Interval.seconds(1)

    mutating func settle(at now: Instant) {
        if working != latest { (latest, changedAt) = (working, now) }
        if now - spanBegan >= Self.settling { (highestBefore, highest, spanBegan) = (highest, 0, now) }
        highest = max(highest, working)
        if now - changedAt >= Self.settling { settled = working }
        settled = min(settled, max(highest, highestBefore))
        let isSilent = working == 0 && possible > 0
        // Of those that were, some may be known to have failed since.
        if isSilent { settled = min(heard, possible) } else { heard = settled }
    }

    /// Counts what works as settled: at the beginning, when nothing came before.
    mutating func settleAtOnce() {
        (settled, heard, latest) = (working, working, working)
        (highest, highestBefore) = (working, working)
    }

    init(_ feed: ControllerFeed, heat: PerMille) {
        rating = feed.rating
        seen = BreakerEstimate(
            curve: feed.curve, fastEdge: feed.fastEdge, cooling: feed.cooling,
            most: feed.most ?? .perMille(100_000))
        breaker = seen
        breaker.assumeAtLeast(heat)
    }
}
