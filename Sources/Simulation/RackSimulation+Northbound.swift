internal import ControlLaws
internal import DeviceFirmware
internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// Between the controller and those above it: once per scan cycle a budget goes down, and what is known goes up.
extension RackSimulation {
    /// Before the controller decides: a budget that a client wrote takes effect with this cycle.
    func takeNorthboundBudget(at instant: Instant) {
        guard let port else { return }
        if port.refusals > refusalsNoted {
            refusalsNoted = port.refusals
            mark(
                .device, port.definition.path,
                "budget out of range refused; \(controller.operatorBudget.words) stays",
                isMajor: true, at: instant)
        }
        guard let budget = port.takeBudget(), budget != controller.operatorBudget else { return }
        controller.operatorBudget = budget
        budgetFromAbove = budget
        checks.noteEvent(at: now)
        mark(.device, port.definition.path, "budget from above: \(budget.words)", isMajor: true, at: instant)
    }

    /// After it decided.
    func publishNorthbound(at instant: Instant) {
        guard let port else { return }
        var image = ControllerPortImage()
        image.budget = controller.operatorBudget
        image.effectiveBudget = controller.effectiveBudget
        image.capacity = min(controller.capacity, Self.unlimited)
        image.breakerLimit = min(controller.breakerLimit, Self.unlimited)
        image.power = controller.measuredPower
        image.tripHeat = controller.tripHeat
        image.worstTemperature = controller.hottestTemperature(at: instant) ?? .zero
        image.suppliesWorking = Int64(controller.workingSupplies)
        image.suppliesInstalled = Int64(scenario.rack.plant.shelves.reduce(0) { $0 + $1.supplyCount })
        image.law = Int64(ControllerSettings.Law.allCases.firstIndex(of: scenario.controller.law) ?? 0)
        image.state = controller.isStartingUp ? 0 : Self.number(of: controller.band)
        image.safetyState = Int64(controller.safetyState.rawValue)
        image.traysOff = Int64(controller.traysOff)
        image.traysBraked = Int64(controller.traysBraked)
        image.trayCount = Int64(plant.trayCount)
        for tray in 0..<min(plant.trayCount, ControllerPortImage.trayLimit) {
            image.trayCaps[tray] = controller.askedCap(tray: tray)
            image.trayPowers[tray] = controller.countedPower(tray: tray)
        }
        port.image = image
    }

    /// What a register of 10 W can show; where nothing limits.
    private static let unlimited = Power.watts(655_350)

    private static func number(of band: PowerBand) -> Int64 {
        switch band {
        case .hold: 1
        case .lower: 2
        case .raise: 3
        }
    }
}
