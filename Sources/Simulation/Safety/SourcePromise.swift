internal import Plant
internal import Scenario
internal import Units

/// What supplies and breakers allow a rack to draw for ever, after the failure that its redundancy survives; reckoned from
/// the plates, independently of the controller.
struct SourcePromise {
    private let rating: Double
    /// DC power that each feed's breaker carries, W.
    private let breakers: [Double]
    private let feedOfShelf: [Int]
    private let redundancy: ControllerSettings.Redundancy

    init(_ plant: PlantConfiguration, _ redundancy: ControllerSettings.Redundancy) {
        self.redundancy = redundancy
        rating = plant.shelves.map(\.supply.ratedPower).min() ?? 0
        feedOfShelf = plant.shelves.map(\.feed)
        breakers = plant.feeds.enumerated().map { index, feed in
            let shelves = plant.shelves.filter { $0.feed == index }
            let efficiency = shelves.map(\.supply.fullLoadEfficiency).min() ?? 0
            return feed.lastingPower * efficiency
        }
    }

    /// `working`: supplies that carry load, by shelf.
    func allowed(working: [Int]) -> Power {
        var counts = Array(repeating: 0.0, count: breakers.count)
        for (shelf, count) in working.enumerated() { counts[feedOfShelf[shelf]] += Double(count) }
        let all = counts.reduce(0, +)
        let live = counts.indices.filter { counts[$0] > 0 }
        guard !live.isEmpty else { return .zero }
        let survivesFeed = redundancy == .twoFeeds && live.count > 1
        let spare = survivesFeed ? counts.max() ?? 0 : redundancy == .oneSpare ? 1 : 0
        var least = rating * max(0, all - spare)
        // The feeds share the load by their supplies; so do those that are left when one is lost.
        for feed in live { least = min(least, breakers[feed] * all / counts[feed]) }
        for lost in live where survivesFeed {
            for feed in live where feed != lost {
                least = min(least, breakers[feed] * (all - counts[lost]) / counts[feed])
            }
        }
        return Power(watts: least)
    }
}
