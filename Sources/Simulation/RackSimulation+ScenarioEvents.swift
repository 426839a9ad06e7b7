internal import Expectations
internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// What the scenario does to the rack, and how it is undone when its time is over.
extension RackSimulation {
    func begin(event index: Int, at instant: Instant) {
        let event = scenario.events[index]
        apply(event.action, index: index, at: instant)
        observation.monitor.noteEvent(at: instant)
        checks.noteEvent(at: instant)
        mark(.scenario, "scenario", event.text, isMajor: true, at: instant)
    }

    func undo(event index: Int, at instant: Instant) {
        let event = scenario.events[index]
        revert(event.action, index: index, at: instant)
        observation.monitor.noteEvent(at: instant)
        checks.noteEvent(at: instant)
        mark(.scenario, "scenario", "end of: \(event.text)", isMajor: true, at: instant)
    }

    private func apply(_ action: ScenarioAction, index: Int, at instant: Instant) {
        switch action {
        case .failSupply(let shelf, let slot): plant.failSupply(shelf: shelf, slot: slot)
        case .restoreSupply(let shelf, let slot): plant.restoreSupply(shelf: shelf, slot: slot)
        case .loseFeed(let feed): plant.loseFeed(feed)
        case .restoreFeed(let feed): plant.restoreFeed(feed)
        case .stallFan(let tray, let fan): plant.stallFan(tray: tray, fan: fan)
        case .restoreFan(let tray, let fan): plant.restoreFan(tray: tray, fan: fan)
        case .rebootDevice(let device):
            devices[device].restart(at: instant)
            deadlines[device] = devices[device].nextDeadline.rawValue
        case .disconnectDevice(let device): devices[device].isDisconnected = true
        case .sensorFault(let device, let sensor, let fault):
            devices[device].sensors.begin(fault, on: sensor, at: instant)
        case .busFault(let fault):
            let stream = SeededStream(seed: seed, name: "bus fault", index: UInt64(index))
            faults.begin(fault, event: Int32(index), stream: stream)
        case .setBudget(let budget): controller.operatorBudget = budget
        case .setInletTemperature(let temperature): plant.setInletTemperature(temperature.celsius)
        case .setDemand(let demand): plant.setDemand(demand.share)
        }
    }

    /// Settings go back to what the scenario began with; what has no way back was refused when it was loaded.
    private func revert(_ action: ScenarioAction, index: Int, at instant: Instant) {
        switch action {
        case .failSupply(let shelf, let slot): plant.restoreSupply(shelf: shelf, slot: slot)
        case .loseFeed(let feed): plant.restoreFeed(feed)
        case .stallFan(let tray, let fan): plant.restoreFan(tray: tray, fan: fan)
        case .disconnectDevice(let device): devices[device].isDisconnected = false
        case .sensorFault(let device, let sensor, _): devices[device].sensors.end(sensor)
        case .busFault: faults.end(event: Int32(index))
        case .setBudget: controller.operatorBudget = scenario.controller.budget
        case .setInletTemperature: plant.setInletTemperature(scenario.rack.plant.inletTemperature)
        case .setDemand, .restoreSupply, .restoreFeed, .restoreFan, .rebootDevice: break
        }
    }
}
