internal import Plant
internal import Scenario
internal import Units

/// What supplies and breakers allow a rack to draw after the failure that its redundancy survives, for ever or for a
/// while; reckoned from the plates, independently of the controller.
struct SourcePromise {
    private let rating: Double
    private let peakPower: Double
    private let peakTime: Double
    /// DC power that each feed's breaker carries for ever, W, and the multiple of it that it carries for a while.
    private let breakers: [Double]
    private let multiples: [Double]
    /// Of each shelf; behind the shelves, that of all tethers together.
    private let feedOfShelf: [Int]
    private let redundancy: ControllerSettings.Redundancy
    private let shelfCount: Int
    /// How much of a supply a tether counts for.
    private let tetherWeight: Double

    /// A breaker that takes so long to trip is brought down several times over before, s; multiples beyond the other are
    /// left to the magnetic trip. Both as the law promises them.
    private static let tripTime = 20.0
    private static let greatestMultiple = 1.4
    /// How much of the supplies' peak time a law may count on.
    private static let peakShare = 0.5

    init(_ plant: PlantConfiguration, _ redundancy: ControllerSettings.Redundancy) {
        self.redundancy = redundancy
        rating = plant.shelves.map(\.supply.ratedPower).min() ?? 0
        // A tether that is weaker than a supply is not counted on, and none bears an overload.
        tetherWeight = (plant.tethers.map(\.ratedPower).min() ?? 0) >= rating ? 1 : 0
        peakPower = plant.tethers.isEmpty ? plant.shelves.map(\.supply.peakPower).min() ?? 0 : rating
        peakTime = plant.shelves.map(\.supply.peakTime).min() ?? 0
        shelfCount = plant.shelves.count
        feedOfShelf = plant.shelves.map(\.feed) + (plant.tethers.isEmpty ? [] : [plant.feeds.count])
        let own = plant.feeds.enumerated().map { index, feed in
            let shelves = plant.shelves.filter { $0.feed == index }
            let efficiency = shelves.map(\.supply.fullLoadEfficiency).min() ?? 0
            return feed.lastingPower * efficiency
        }
        // The other rack's breakers are the other rack's affair.
        breakers = own + (plant.tethers.isEmpty ? [] : [.infinity])
        multiples = plant.feeds.map(Self.multiple) + (plant.tethers.isEmpty ? [] : [1])
    }

    /// A weaker UPS bears its table's last multiple, and no more.
    private static func multiple(of feed: FeedConfiguration) -> Double {
        if let ups = feed.ups, ups.ratedPower < feed.breakerPower {
            guard let last = ups.inverterOverload.last, last.y >= tripTime else { return 1 }
            return min(last.x, greatestMultiple)
        }
        let breaker = feed.breaker
        var best = 1.0
        while best < greatestMultiple {
            let next = best + 0.01
            if let time = breaker.curve.time(atMultiple: next), time * (1 - breaker.tolerance) < tripTime { break }
            best = next
        }
        return best
    }

    /// For ever. `working`: supplies that carry load, by shelf, and behind these the tethers of a rack that has any.
    func allowed(working: [Int]) -> Power {
        least(working, supplies: { _, left in rating * left }, breaker: { breakers[$0] })
    }

    /// Until caps are down, or silent devices have fallen back, `reaction` seconds after the failure. While all supplies
    /// work none is overloaded.
    func bearable(working: [Int], for reaction: Double) -> Power {
        let excess = min(1, peakTime * Self.peakShare / max(1e-3, reaction)) * max(0, peakPower - rating)
        return least(
            working, supplies: { all, left in min(rating * all, (rating + excess) * left) },
            breaker: { breakers[$0] * multiples[$0] })
    }

    /// `supplies` tells what all that work, and those that the failure leaves, carry; `breaker` what one of them does.
    private func least(
        _ working: [Int], supplies: (_ all: Double, _ left: Double) -> Double, breaker: (_ feed: Int) -> Double
    ) -> Power {
        var counts = Array(repeating: 0.0, count: breakers.count)
        for (shelf, count) in working.enumerated() {
            counts[feedOfShelf[shelf]] += Double(count) * (shelf < shelfCount ? 1 : tetherWeight)
        }
        let all = counts.reduce(0, +)
        let live = counts.indices.filter { counts[$0] > 0 }
        guard !live.isEmpty else { return .zero }
        let survivesFeed = redundancy == .twoFeeds && live.count > 1
        let spare = survivesFeed ? counts.max() ?? 0 : redundancy == .oneSpare ? 1 : 0
        var least = supplies(all, max(0, all - spare))
        // The feeds share the load by their supplies; so do those that are left when one is lost.
        for feed in live { least = min(least, breaker(feed) * all / counts[feed]) }
        for lost in live where survivesFeed {
            for feed in live where feed != lost {
                least = min(least, breaker(feed) * (all - counts[lost]) / counts[feed])
            }
        }
        return Power(watts: least)
    }
}
