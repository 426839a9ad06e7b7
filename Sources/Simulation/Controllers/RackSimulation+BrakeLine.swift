internal import Plant
internal import RackControl
internal import Scenario
internal import Units

/// The power-brake line between the controller's output card and the trays.
extension RackSimulation {
    func isBrakeLinePulled(tray: Int) -> Bool { brakeLine.levels[tray] }
    var traysBraked: Int { brakeLine.levels.count { $0 } }

    /// After every step of the controller.
    func driveBrakeLine(at instant: Instant) {
        guard scenario.controller.load.hasBrakeLine else { return }
        var isChanged = false
        for tray in brakeLine.outputs.indices where brakeLine.outputs[tray] != controller.isBrakePulled(tray: tray) {
            brakeLine.outputs[tray].toggle()
            isChanged = true
        }
        if isChanged { queue.schedule(.brakeLineSettles, at: instant + BrakeLine.latency) }
    }

    /// The wire reaches the accelerators; a monitor sees its level, and has its own reason to brake besides.
    func settleBrakeLine() {
        for tray in brakeLine.settle() {
            let isPulled = brakeLine.levels[tray]
            guard let index = roles.monitor[tray], let monitor = devices[index] as? PowerMonitorDevice else {
                plant.setBrake(tray: tray, engaged: isPulled)
                continue
            }
            monitor.setBrakeLine(isPulled: isPulled, plant: plant)
        }
    }
}
