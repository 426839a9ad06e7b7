internal import ControlLaws
internal import Plant
internal import RackControl
internal import Units

/// What an engineer reads off a feed's plate and types into a controller.
extension ControllerFeed {
    init(_ feed: FeedConfiguration, shelves: [ShelfConfiguration]) {
        // At full load, where it counts. A feed without shelves carries nothing.
        let efficiency = shelves.map { $0.supply.fullLoadEfficiency }.min() ?? 0
        if let ups = feed.ups, ups.ratedPower < feed.breakerPower {
            // What lies in series with the breaker and is weaker than it is what the controller must keep whole.
            let time = ups.inverterOverload.last?.y ?? 1
            self.init(
                rating: .watts(Int64(ups.ratedPower * efficiency)),
                curve: .definite(time: .milliseconds(Int64(time * 1000))), fastEdge: .whole,
                cooling: .milliseconds(Int64(feed.breaker.coolingTime * 1000)),
                most: .perMille(Int64((ups.inverterOverload.last?.x ?? 1) * 1000)))
            return
        }
        self.init(
            rating: .watts(Int64(feed.breakerPower * efficiency)), curve: OverloadCurve(feed.breaker.curve),
            fastEdge: .perMille(Int64((1 - feed.breaker.tolerance) * 1000)),
            cooling: .milliseconds(Int64(feed.breaker.coolingTime * 1000)))
    }
}

extension ControllerFeed {
    /// What tethers come from: its breakers are the other rack's affair, so nothing limits but the tethers themselves.
    static var otherRack: ControllerFeed {
        ControllerFeed(
            rating: .watts(1_000_000_000), curve: .definite(time: .seconds(1)), fastEdge: .whole, cooling: .seconds(1))
    }
}

extension OverloadCurve {
    init(_ curve: TripCurve) {
        switch curve {
        case .veryInverse(let multiplier):
            self = .veryInverse(timeMultiplier: .perMille(Int64(multiplier * 1000)))
        case .extremelyInverse(let multiplier):
            self = .extremelyInverse(timeMultiplier: .perMille(Int64(multiplier * 1000)))
        case .table(let points):
            // The time at twice the rated current, more than supplies give for long: hotter than the curve at any smaller
            // overload.
            let time = curve.time(atMultiple: 2) ?? points.first?.y ?? 1
            self = .definite(time: .milliseconds(Int64(time * 1000)))
        }
    }
}
