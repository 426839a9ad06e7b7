/// The tethers beside the shelves. None of this is reached in a rack without them.
///
/// A tether takes part in the active current share like a supply: it carries its share of the bus current by its rating.
/// What it takes comes from another rack's busbar, so no feed and no breaker of this one sees it.
extension PowerChain {
    /// What working tethers add to the load line of the bus.
    func addTethers(_ line: inout LoadLine) {
        for index in 0..<tetherCount where tethers[index].isWorking {
            line.add(
                weight: tethers[index].ratedPower, setpoint: tethers[index].noLoadVoltage, droop: tethers[index].droop,
                ratedCurrent: tethers[index].ratedCurrent, limitCurrent: tethers[index].limitCurrent)
        }
    }

    func tethersWork() -> Bool {
        for index in 0..<tetherCount where tethers[index].isWorking { return true }
        return false
    }

    func shareTethers(weights: Double) {
        for index in 0..<tetherCount {
            tethers[index].share = tethers[index].isWorking ? tethers[index].ratedPower / weights : 0
        }
    }

    /// One step in which the bus as a whole gets `output` watts. Whether the set of working tethers changed.
    func loadTethers(_ output: Double) -> Bool {
        var changed = false
        for index in 0..<tetherCount {
            let tether = tethers + index
            let didWork = tether.pointee.isWorking
            tether.pointee.carry(output * tether.pointee.share)
            bus.pointee.energyIn += tether.pointee.input * step
            bus.pointee.energyLost += (tether.pointee.input - tether.pointee.output) * step
            if didWork, !tether.pointee.isWorking {
                changed = true
                log.append(.tetherStarved(tether: index))
            }
        }
        return changed
    }

    /// Changes what a tether depends on, and shares the bus anew where it begins or ceases to work.
    func changeTether(_ index: Int, _ change: (inout TetherState) -> Void) {
        let didWork = tethers[index].isWorking
        change(&tethers[index])
        guard tethers[index].isWorking != didWork else { return }
        redistribute()
        log.append(didWork ? .tetherStopped(tether: index) : .tetherStarted(tether: index))
    }

    /// Lets plugs and outlet air follow their losses; called every `interval` seconds.
    func warmTethers(over interval: Double) {
        for index in 0..<tetherCount { tethers[index].warm(over: interval) }
    }
}
