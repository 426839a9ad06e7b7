internal import ControlLaws
internal import Plant
internal import RackControl
internal import RegisterMaps
internal import Scenario
internal import Units

extension RackSimulation {
    /// The present value of a recorded signal, in the unit of the catalogue. Truths are 0 or 1.
    func value(of source: SignalCatalogue.Source) -> Double {
        switch source {
        case .rackPower: plant.rackPower
        case .rackBudget: watts(budgetInForce)
        case .operatorBudget: watts(controller.operatorBudget)
        case .rackCapacity: ratedPowerOfWorkingSupplies
        case .measuredPower: watts(measuredPower)
        case .rackCaps: sumOfAskedCaps
        case .rackWorkLost: lostShare(done: plant.workDone, wanted: plant.workWanted)
        case .rackInputPower: inputPower
        case .rackDemand: meanDemand * 100
        case .rackPowerRise: plant.rackPower - observation.powerBefore
        case .busVoltage: plant.busVoltage
        case .feedPower(let feed): plant.feedPower(feed)
        case .feedCurrent(let feed): plant.feedCurrent(feed)
        case .breakerHeat(let feed): plant.breakerHeat(feed) * 100
        case .breakerTripped(let feed): truth(plant.breakerTripped(feed))
        case .feedLive(let feed): truth(plant.feedIsLive(feed))
        case .shelfPower(let shelf): outputPower(ofShelf: shelf)
        case .supplyPower(let shelf, let slot): plant.supplyOutputPower(shelf: shelf, slot: slot)
        case .supplyOn(let shelf, let slot): truth(plant.supplyIsOn(shelf: shelf, slot: slot))
        case .cooling(let signal): value(of: signal)
        case .tether(let signal, let tether): tetherValue(signal, of: tether)
        case .reading(let reading): value(of: reading)
        case .overdraft: checks.capping.overdraftUsed * 100
        case .lateCycles: Double(controllerCounters.lateCycles)
        case .believedTripHeat: Double(believedTripHeat.perMille) / 10
        case .safetyState: isActing ? Double(controller.safetyState.rawValue) : 0
        case .actingSeat: Double(actingNumber)
        case .traysOn: Double((0..<plant.trayCount).count { plant.trayIsPowered($0) })
        case .traysBraked: Double(traysBraked)
        case .busLoad(let bus): recentLoad(ofBus: bus) * 100
        case .busTimeouts(let bus): Double(counters[bus].timeouts)
        default: trayValue(of: source)
        }
    }

    private func trayValue(of source: SignalCatalogue.Source) -> Double {
        switch source {
        case .trayPower(let tray): plant.trayPower(tray)
        case .trayCap(let tray): appliedCap(ofTray: tray)
        case .trayAskedCap(let tray): watts(askedCap(tray: tray))
        case .trayBrake(let tray): truth(plant.brakeIsEngaged(tray))
        case .trayTemperature(let tray): plant.hottestAccelerator(tray)
        case .trayInlet(let tray): plant.trayInletTemperature(tray)
        case .trayOutlet(let tray): plant.trayOutletTemperature(tray)
        case .trayDuty(let tray): plant.fanDuty(tray) * 100
        case .trayFanSpeed(let tray): slowestFan(ofTray: tray)
        case .trayWorkLost(let tray):
            lostShare(done: plant.workDone(tray: tray), wanted: plant.workWanted(tray: tray))
        case .trayOnline(let tray): truth(isOnline(tray: tray))
        default: backupValue(of: source)
        }
    }

    /// What the tray's own BMC enforces now; 0 for a tray without one.
    private func appliedCap(ofTray tray: Int) -> Double {
        guard let device = roles.baseboard[tray] else { return 0 }
        return Double(devices[device].signal(BaseboardSignal.appliedLimit.identifier)) / 1000
    }

    private var sumOfAskedCaps: Double {
        var sum = Power.zero
        for tray in 0..<plant.trayCount { sum += askedCap(tray: tray) }
        return watts(sum)
    }

    /// 0 for a tray without fans.
    private func slowestFan(ofTray tray: Int) -> Double {
        let count = plant.fanCount(tray)
        guard count > 0 else { return 0 }
        var slowest = plant.fanSpeed(tray, 0)
        for fan in 1..<count { slowest = min(slowest, plant.fanSpeed(tray, fan)) }
        return slowest
    }

    private func isOnline(tray: Int) -> Bool {
        roles.ofTray[tray].allSatisfy { isOnline(device: $0) }
    }

    var ratedPowerOfWorkingSupplies: Double {
        var sum = plant.tetherCapacity
        for (index, shelf) in scenario.rack.plant.shelves.enumerated() {
            sum += Double(plant.workingSupplies(shelf: index)) * shelf.supply.ratedPower
        }
        return sum
    }

    /// AC power of all feeds, W.
    var inputPower: Double {
        var sum = 0.0
        for feed in scenario.rack.plant.feeds.indices { sum += plant.feedPower(feed) }
        return sum
    }

    private func outputPower(ofShelf shelf: Int) -> Double {
        var sum = 0.0
        for slot in 0..<scenario.rack.plant.shelves[shelf].supplyCount {
            sum += plant.supplyOutputPower(shelf: shelf, slot: slot)
        }
        return sum
    }

    /// Mean load that the workloads ask of the accelerators, 0...1.
    private var meanDemand: Double {
        var (sum, count) = (0.0, 0)
        for tray in 0..<plant.trayCount {
            sum += plant.trayLoad(tray) * Double(plant.acceleratorCount(tray))
            count += plant.acceleratorCount(tray)
        }
        return count > 0 ? sum / Double(count) : 0
    }

    private func lostShare(done: Double, wanted: Double) -> Double {
        wanted > 0 ? 100 * (1 - done / wanted) : 0
    }

    private func watts(_ power: Power) -> Double { Double(power.milliwatts) / 1000 }
    private func truth(_ holds: Bool) -> Double { holds ? 1 : 0 }
}
