internal import Plant

/// What an overload costs: the shares of the breakers' trip heat and of the supplies' peak time that it used up, by
/// reckoning of its own from the published curves, not by the plant's.
struct CurveCheck {
    private struct Feed {
        var configuration: BreakerConfiguration
        var used = 0.0
        var magnetic = 0.0
    }

    private struct Supply {
        var shelf: Int
        var slot: Int
        var rated: Double
        var peak: Double
        var peakTime: Double
        var tolerance: Double
        var used = 0.0
    }

    /// IEC 60947-2: no trip at 1.05 of the rated current. 10 ms: the fast edge of a magnetic trip.
    private static let conventional = 1.05
    private static let magneticTime = 0.010
    /// A pulse rating allows about one pulse in ten (typical): recovery takes ten times the peak time.
    private static let recovery = 10.0

    private var feeds: [Feed]
    private var supplies: [Supply]
    private var hasStress = false
    private let step: Double
    private(set) var tripHeat = 0.0
    private(set) var supplyStress = 0.0

    init(_ plant: PlantConfiguration, step: Double) {
        self.step = step
        feeds = plant.feeds.map { Feed(configuration: $0.breaker) }
        supplies = []
        for (index, shelf) in plant.shelves.enumerated() {
            for slot in 0..<shelf.supplyCount {
                supplies.append(
                    Supply(
                        shelf: index, slot: slot, rated: shelf.supply.ratedPower, peak: shelf.supply.peakPower,
                        peakTime: shelf.supply.peakTime, tolerance: shelf.supply.shareTolerance))
            }
        }
    }

    /// Lets `amperes` flow through a feed for one step; what is wrong, if anything is.
    mutating func carry(_ amperes: Double, feed: Int, name: String) -> String? {
        let breaker = feeds[feed].configuration
        let multiple = amperes / breaker.ratedCurrent
        guard multiple > Self.conventional else {
            feeds[feed].used -= feeds[feed].used * step / breaker.coolingTime
            feeds[feed].magnetic = 0
            return nil
        }
        if let time = breaker.curve.time(atMultiple: multiple), time > 0 {
            feeds[feed].used += step / (time * (1 - breaker.tolerance))
        }
        feeds[feed].magnetic = multiple >= breaker.magneticMultiple ? feeds[feed].magnetic + step : 0
        tripHeat = max(tripHeat, feeds[feed].used)
        guard feeds[feed].used >= 1 || feeds[feed].magnetic > Self.magneticTime else { return nil }
        return "\(name) carried \(Self.tenths(amperes)) A for longer than its curve allows"
    }

    /// Whether any supply must be looked at, at this power of the rack and this rated power of all working supplies.
    func isLoaded(_ power: Double, working: Double) -> Bool {
        // Shares differ by a few per cent; a tenth covers them.
        hasStress || power > 0.9 * working
    }

    /// One step of every supply, whose output `power` tells; what is wrong, if anything is.
    mutating func age(power: (_ shelf: Int, _ slot: Int) -> Double) -> (shelf: Int, slot: Int, text: String)? {
        var found: (shelf: Int, slot: Int, text: String)?
        hasStress = false
        for index in supplies.indices {
            let supply = supplies[index]
            let output = power(supply.shelf, supply.slot)
            let excess = output / supply.rated - 1
            if excess > supply.tolerance {
                let allowed = supply.peakTime * max(supply.peak / supply.rated - 1, 0.01)
                supplies[index].used += excess * step / allowed
            } else {
                supplies[index].used = max(0, supply.used - step / (supply.peakTime * Self.recovery))
            }
            hasStress = hasStress || supplies[index].used > 0
            supplyStress = max(supplyStress, supplies[index].used)
            // One step of slack: a sum of thousandths may be a little more than what it is short for.
            if supplies[index].used > 1 + step / supply.peakTime, found == nil {
                found = (supply.shelf, supply.slot, "gave \(Self.tenths(output)) W for longer than its peak time")
            }
        }
        return found
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths.magnitude % 10)"
    }
}
