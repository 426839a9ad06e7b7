/// What single supplies go through: rare, and so kept out of the step's usual path.
extension PowerChain {
    /// Shares the bus among the supplies and tethers that work now. Called whenever that set or a setpoint changes.
    func redistribute() {
        var line = LoadLine()
        let othersHold = someHold()
        for index in 0..<shelfCount {
            let shelf = shelves + index
            for supply in shelf.pointee.first..<shelf.pointee.first + shelf.pointee.count
            where supplies[supply].carries(besideOthers: othersHold) {
                line.add(
                    weight: shelf.pointee.ratedPower * supplies[supply].skew,
                    setpoint: supplies[supply].setpoint - supplies[supply].lossDrop, droop: shelf.pointee.droop,
                    ratedCurrent: shelf.pointee.ratedCurrent,
                    limitCurrent: shelf.pointee.limitCurrent)
            }
        }
        addTethers(&line)
        bus.pointee.workingCount = line.working
        bus.pointee.sourceVoltage = line.working > 0 ? line.setpoints / line.weights : 0
        bus.pointee.resistance = line.working > 0 ? line.droops / line.weights / line.ratedCurrent : 0
        bus.pointee.limitCurrent = line.limitCurrent
        bus.pointee.highestLoadPerWatt = 0
        for index in 0..<shelfCount { share(index, weights: line.weights, besideOthers: othersHold) }
        shareTethers(weights: line.weights)
    }

    /// Whether a source works that has not lowered its voltage.
    private func someHold() -> Bool {
        for index in 0..<shelfCount {
            let shelf = shelves + index
            for supply in shelf.pointee.first..<shelf.pointee.first + shelf.pointee.count
            where supplies[supply].isWorking && supplies[supply].lossDrop == 0 {
                return true
            }
        }
        return tethersWork()
    }

    private func share(_ index: Int, weights: Double, besideOthers othersHold: Bool) {
        let shelf = shelves + index
        shelf.pointee.share = 0
        shelf.pointee.workingCount = 0
        for supply in shelf.pointee.first..<shelf.pointee.first + shelf.pointee.count {
            guard supplies[supply].carries(besideOthers: othersHold) else {
                supplies[supply].share = 0
                continue
            }
            let share = shelf.pointee.ratedPower * supplies[supply].skew / weights
            supplies[supply].share = share
            shelf.pointee.share += share
            shelf.pointee.workingCount += 1
            bus.pointee.highestLoadPerWatt = max(bus.pointee.highestLoadPerWatt, share / shelf.pointee.ratedPower)
        }
        let rating = shelf.pointee.ratedPower * Double(shelf.pointee.workingCount)
        shelf.pointee.loadPerWatt = rating > 0 ? 1 / rating : 0
    }

    /// Ages every supply's overload by one step: it grows with (power / rated - 1) and is full after the peak time at
    /// peak power; up to the share tolerance above the rating nothing counts. Whether a supply switched itself off.
    func ageOverloads(_ output: Double) -> Bool {
        var changed = false
        var remains = false
        for index in 0..<shelfCount {
            let shelf = shelves + index
            for slot in 0..<shelf.pointee.count {
                let supply = supplies + shelf.pointee.first + slot
                let excess = output * supply.pointee.share / shelf.pointee.ratedPower - 1
                if excess > shelf.pointee.overloadThreshold {
                    supply.pointee.overload += excess * shelf.pointee.overloadPerStep
                } else {
                    supply.pointee.overload = max(0, supply.pointee.overload - shelf.pointee.recoveryPerStep)
                }
                // The slack of a rounding error: a thousand thousandths may be a little less than one.
                if supply.pointee.overload >= 1 - 1e-9 && supply.pointee.isWorking {
                    supply.pointee.isLatched = true
                    supply.pointee.overload = 0
                    changed = true
                    log.append(.supplyOverloaded(shelf: index, slot: slot))
                }
                remains = remains || supply.pointee.overload > 0
            }
        }
        bus.pointee.hasOverload = remains
        return changed
    }

    /// Drains, charges and restarts the supplies of a shelf for one step, and sets right what the shelf draws. Whether
    /// the set of working supplies, or a setpoint, changed.
    func exchangeBulk(_ index: Int, isLive: Bool) -> Bool {
        let shelf = shelves + index
        var changed = false
        var isSettled = true
        if !isLive { shelf.pointee.input = 0 }
        for slot in 0..<shelf.pointee.count {
            let supply = supplies + shelf.pointee.first + slot
            let didWork = supply.pointee.isWorking
            let dropBefore = supply.pointee.lossDrop
            if isLive {
                shelf.pointee.input += charge(supply, of: shelf, isSettled: &isSettled)
            } else {
                discharge(supply, of: shelf, isSettled: &isSettled)
            }
            changed = changed || supply.pointee.lossDrop != dropBefore
            guard supply.pointee.isWorking != didWork else { continue }
            changed = true
            log.append(
                didWork ? .supplyStopped(shelf: index, slot: slot) : .supplyStarted(shelf: index, slot: slot))
        }
        shelf.pointee.isSettled = isSettled
        return changed
    }

    /// The W that the supply draws for its bulk capacitor in this step.
    private func charge(
        _ supply: UnsafeMutablePointer<SupplyState>, of shelf: UnsafeMutablePointer<ShelfState>, isSettled: inout Bool
    ) -> Double {
        guard !supply.pointee.isAbsent else { return 0 }
        let missing = shelf.pointee.holdUpEnergy - supply.pointee.bulkEnergy
        let portion = min(missing, shelf.pointee.holdUpEnergy * step / PowerChain.rechargeTime)
        supply.pointee.bulkEnergy =
            missing - portion > 0 ? supply.pointee.bulkEnergy + portion : shelf.pointee.holdUpEnergy
        if supply.pointee.restart > 0 {
            supply.pointee.restart -= 1
            supply.pointee.isEnergised = supply.pointee.restart == 0
        } else if !supply.pointee.isEnergised {
            supply.pointee.restart = Int(PowerChain.restartTime / step + 0.5)
            // A power cycle clears the latch of an overload.
            supply.pointee.isLatched = false
        }
        supply.pointee.lossDrop = max(0, supply.pointee.lossDrop - shelf.pointee.lossDropPerStep)
        if missing > portion || !supply.pointee.isEnergised || supply.pointee.lossDrop > 0 { isSettled = false }
        return portion / step
    }

    private func discharge(
        _ supply: UnsafeMutablePointer<SupplyState>, of shelf: UnsafeMutablePointer<ShelfState>, isSettled: inout Bool
    ) {
        // The hold-up energy is rated at the output, so the output stage's losses are already in it.
        let output = bus.pointee.voltage * bus.pointee.current * supply.pointee.share
        let drained = max(output, PowerChain.housekeepingPower) * step
        supply.pointee.restart = 0
        bus.pointee.energyLost += max(0, min(drained, supply.pointee.bulkEnergy) - output * step)
        // A millionth of the energy of slack for rounding: 20 steps of 5.5 J do use up 110 J.
        if supply.pointee.bulkEnergy - drained <= 1e-6 * shelf.pointee.holdUpEnergy {
            supply.pointee.bulkEnergy = 0
            supply.pointee.isEnergised = false
            supply.pointee.lossDrop = 0
        } else {
            supply.pointee.bulkEnergy -= drained
            if supply.pointee.bulkEnergy <= shelf.pointee.holdUpEnergy / 2 {
                supply.pointee.lossDrop = min(
                    shelf.pointee.lossDrop, supply.pointee.lossDrop + shelf.pointee.lossDropPerStep)
            }
        }
        isSettled = false
    }

    /// Makes the feed's shelves look at their capacitors.
    func unsettle(feed: Int) {
        for index in 0..<shelfCount where shelves[index].feed == feed { shelves[index].isSettled = false }
    }
}
