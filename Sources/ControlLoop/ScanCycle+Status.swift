internal import ControlLaws
internal import RackControl
internal import RealTime
internal import Units

extension ScanCycle {
    /// Renews the status in place, without an allocation.
    func fill(_ status: inout ControlStatus, at now: Instant) {
        status.at = now
        status.budget = controller.effectiveBudget
        status.operatorBudget = controller.operatorBudget
        status.power = controller.measuredPower
        status.workingSupplies = controller.workingSupplies
        status.isSafeStateHeld = controller.isSafeStateHeld
        status.safetyState = controller.safetyState
        status.cycles = grid.cycles
        status.lateCycles = grid.lateCycles
        status.skippedReleases = grid.skippedReleases
        status.wakeUpP99 = wakeUpP99
        status.counters = controller.counters
        status.tripHeat = controller.tripHeat
        status.band =
            if controller.isSafeStateHeld {
                .safe
            } else if controller.isStartingUp {
                .starting
            } else {
                switch controller.band {
                case .lower: .lower
                case .hold: .hold
                case .raise: .raise
                }
            }
        for tray in plan.inventory.trays.indices {
            status.trays[tray].askedCap = controller.askedCap(tray: tray)
            status.trays[tray].confirmedCap = controller.confirmedCap(tray: tray)
            status.trays[tray].safeCap = controller.safeCap(tray: tray)
            status.trays[tray].power = controller.countedPower(tray: tray)
            status.trays[tray].hasFreshPower = controller.hasFreshPower(tray: tray, at: now)
            status.trays[tray].duty = controller.askedDuty(tray: tray)
            status.trays[tray].hottest = controller.hottestTemperature(tray: tray, at: now)
            status.trays[tray].isInFailsafe = controller.isInFailsafe(tray: tray)
        }
        for device in plan.inventory.devices.indices {
            status.devices[device].phase = controller.phase(device: device)
            status.devices[device].safeState = controller.safeState(device: device)
        }
    }
}
