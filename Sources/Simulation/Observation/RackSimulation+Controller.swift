internal import Plant
public import RackControl
internal import Scenario
public import Units

/// The controller as observers see it: the built-in one, or one outside by its own word. Before it has said anything it
/// is taken to be as a controller is that was just started.
extension RackSimulation {
    /// What the operator wants, after the events of the scenario up to now.
    public var operatorBudget: Power { controller.operatorBudget }

    /// The present state of the controller outside; of one tray and device each as the rack has them.
    public func take(_ view: ControllerView) {
        precondition(isControlledOutside, "nobody outside controls this rack")
        precondition(
            view.askedCaps.count == plant.trayCount && view.phases.count == controlledCount,
            "a view of another rack")
        controllerView = view
    }

    /// Something that the controller outside did or found, `ago` before now.
    public func note(_ event: ControllerEvent, ago: Interval) {
        precondition(isControlledOutside, "nobody outside controls this rack")
        note(event, at: max(.start, now - max(.zero, ago)))
    }

    var isControlled: Bool { hasController || isControlledOutside }

    /// What the rack may draw: the operator's word where no controller weighs it against the supplies.
    var budgetInForce: Power {
        guard isControlled else { return controller.operatorBudget }
        return controllerView?.budget ?? controller.effectiveBudget
    }

    var measuredPower: Power { controllerView?.measuredPower ?? controller.measuredPower }
    var controllerCounters: ControllerCounters {
        if let controllerView { return controllerView.counters }
        return controllerGeneration == 0 ? controller.counters : pastCounters + controller.counters
    }
    var believedTripHeat: PerMille { controllerView?.tripHeat ?? controller.tripHeat }

    func askedCap(tray: Int) -> Power { controllerView?.askedCaps[tray] ?? controller.askedCap(tray: tray) }

    func isOnline(device: Int) -> Bool {
        guard let controllerView else { return (isActing || !hasController) && controller.isOnline(device: device) }
        return controllerView.phases[device] == .online
    }
}
