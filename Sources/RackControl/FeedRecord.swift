import ControlLaws
import Units

/// What the controller keeps of a feed.
struct FeedRecord {
    /// DC power that its breaker carries for ever.
    var rating: Power
    var breaker: BreakerEstimate
    /// Its supplies that carry load.
    var working = 0

    init(_ feed: ControllerFeed) {
        rating = feed.rating
        breaker = BreakerEstimate(curve: feed.curve, fastEdge: feed.fastEdge, cooling: feed.cooling)
    }
}
