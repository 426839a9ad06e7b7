import ControlLaws
public import Units

/// The upper half of the budget tree: from the operator's budget over the supplies to the feeds and their breakers.
///
/// All shelves feed one busbar and share its current, so what a breaker carries is not the power of some trays but a
/// share of the whole rack's: that of the working supplies that hang on its feed.
extension RackController {
    /// Sets capacity, breaker limit and budget by the supplies that work.
    func weighSources(at now: Instant) {
        if !supplies.isEmpty { capacity = bridged(capacityAfterFailure(), at: now) }
        breakerLimit = Power(rawValue: .max)
        for feed in feeds where feed.working > 0 {
            breakerLimit = min(
                breakerLimit, feed.rating.scaled(by: Int64(workingSupplies), over: Int64(feed.working)))
        }
        weighWhatIsLeft()
        if configuration.redundancy == .twoFeeds { breakerLimit = min(breakerLimit, breakerLimitAfterFeedLoss()) }
        let budget = max(.zero, min(operatorBudget, min(capacity, breakerLimit)) - chargeAllowance)
        if budget != effectiveBudget {
            effectiveBudget = budget
            log(.budgetChanged(budget), at: now)
        }
    }

    /// What nobody may exceed for long, whatever the redundancy mode keeps in reserve; of batteries where those carry the
    /// rack.
    private func weighWhatIsLeft() {
        supplyLimit = supplies.isEmpty ? Self.unlimited : supplyRating * Int64(possibleSupplies)
        sourceLimit = supplyLimit
        for feed in feeds where feed.possible > 0 {
            sourceLimit = min(
                sourceLimit, feed.rating.scaled(by: Int64(possibleSupplies), over: Int64(feed.possible)))
        }
        guard bridgedSince != nil else { return }
        let carried = backupLimit
        (supplyLimit, sourceLimit) = (max(supplyLimit, carried), max(sourceLimit, carried))
    }

    private func capacityAfterFailure() -> Power {
        let mode = configuration.redundancy
        guard mode == .twoFeeds else {
            return mode.capacity(workingSupplies: Int64(workingSupplies), rating: supplyRating)
        }
        let settled = feeds.reduce(0) { $0 + $1.settled }
        let largest = feeds.reduce(0) { max($0, $1.settled) }
        let promised = mode.capacity(
            workingSupplies: Int64(settled), onLargestFeed: Int64(largest), rating: supplyRating)
        return min(promised, supplyRating * Int64(workingSupplies))
    }

    /// What operator and supplies let a law draw that brings it down again in time: the overdraft, and the peak power of
    /// the supplies that the promised failure would leave.
    var limitForAWhile: Power {
        let excess = min(overdraft?.excess ?? .zero, overdraftByBoards?.excess ?? .zero)
        return min(operatorBudget + excess, bearableCapacity())
    }

    /// Only where silent devices fall back by themselves: then the overload ends even if nobody can write any more.
    private func bearableCapacity() -> Power {
        guard !supplies.isEmpty, let supplyPeak, configuration.deviceWatchdog > .zero else { return capacity }
        let isSplit = configuration.redundancy == .twoFeeds
        let working = isSplit ? feeds.reduce(0) { $0 + $1.settled } : workingSupplies
        let largest = isSplit ? feeds.reduce(0) { max($0, $1.settled) } : 0
        let bearable = configuration.redundancy.bearableLoad(
            workingSupplies: Int64(working), onLargestFeed: Int64(largest), rating: supplyRating, peak: supplyPeak,
            reaction: configuration.deviceWatchdog + configuration.timing.overloadReaction)
        return max(capacity, min(bearable, supplyRating * Int64(workingSupplies)))
    }

    /// With two feeds or more in service, the loss of any one is to be survived without capping first.
    private func breakerLimitAfterFeedLoss() -> Power {
        guard feeds.count(where: { $0.working > 0 }) > 1 else { return Power(rawValue: .max) }
        var least = Power(rawValue: .max)
        for lost in feeds.indices where feeds[lost].working > 0 {
            let left = Int64(workingSupplies - feeds[lost].working)
            for feed in feeds.indices where feed != lost && feeds[feed].working > 0 {
                least = min(least, feeds[feed].rating.scaled(by: left, over: Int64(feeds[feed].working)))
            }
        }
        return least
    }

    /// Lets the power that is believed to flow heat the breakers' estimates and draw on the operator's overdraft.
    func heatBreakers(elapsed: Interval) {
        // Once by the monitors and once by the BMCs, since either may lie: the higher of two sums, and not the sum of what is
        // higher at each moment, which swings make much too high. One part in a hundred for the gain (typical). Before
        // all are found they count for their worst case.
        if !isStartingUp {
            overdraft?.draw(measuredPower + measuredPower.scaled(by: .percent(1)), budget: operatorBudget, for: elapsed)
            overdraftByBoards?.draw(
                boardPower + boardPower.scaled(by: .percent(1)), budget: operatorBudget, for: elapsed)
        }
        guard workingSupplies > 0 else { return }
        // A monitor's gain and the sharing between supplies are a few per cent off (typical).
        let power = heatingPower + heatingPower.scaled(by: .percent(2))
        for index in feeds.indices where feeds[index].rating > .zero {
            let own = power.scaled(by: Int64(feeds[index].working), over: Int64(workingSupplies))
            let multiple = PerMille.perMille(own.rawValue / max(1, feeds[index].rating.rawValue / 1000))
            feeds[index].breaker.carry(multiple, for: elapsed)
            feeds[index].seen.carry(multiple, for: elapsed)
        }
    }

    /// The estimate of the hottest breaker; among equals the first.
    var hottestBreaker: BreakerEstimate? {
        var hottest: BreakerEstimate?
        for feed in feeds where hottest.map({ feed.breaker.share > $0.share }) ?? true { hottest = feed.breaker }
        return hottest
    }

    /// How hot the controller believes the hottest breaker to be; a whole trips it.
    public var tripHeat: PerMille { hottestBreaker?.share ?? .zero }
}
