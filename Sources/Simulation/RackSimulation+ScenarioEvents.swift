internal import DeviceSpecs
internal import Expectations
internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// What the scenario does to the rack, and how it is undone when its time is over.
extension RackSimulation {
    func begin(event index: Int, at instant: Instant) {
        let event = events[index]
        apply(event.action, index: index, at: instant)
        observation.monitor.noteEvent(at: instant)
        checks.noteEvent(at: instant)
        safety?.noteEvent(at: instant)
        mark(.scenario, events.subject(of: index), event.text, isMajor: true, at: instant)
    }

    /// The first call ends the event; whatever else would have ended it comes too late.
    func undo(event index: Int, at instant: Instant) {
        guard events.end(index, at: instant) else { return }
        let event = events[index]
        revert(event.action, index: index, at: instant)
        observation.monitor.noteEvent(at: instant)
        checks.noteEvent(at: instant)
        safety?.noteEvent(at: instant)
        mark(.scenario, events.subject(of: index), endText(of: event), isMajor: true, at: instant)
    }

    private func endText(of event: ScenarioEvent) -> String {
        guard case .replaceDevice(let device, let successor, _) = event.action else { return "end of: \(event.text)" }
        return "\(successor.model) stands in the place of \(devices[device].definition.path)"
    }

    private func apply(_ action: ScenarioAction, index: Int, at instant: Instant) {
        switch action {
        case .failSupply(let shelf, let slot): plant.failSupply(shelf: shelf, slot: slot)
        case .restoreSupply(let shelf, let slot): replaceSupply(shelf: shelf, slot: slot, at: instant)
        case .failBackup(let unit): plant.failBackup(unit)
        case .restoreBackup(let unit): plant.restoreBackup(unit)
        case .loseFeed(let feed): plant.loseFeed(feed)
        case .restoreFeed(let feed): plant.restoreFeed(feed)
        case .stallFan(let tray, let fan): plant.stallFan(tray: tray, fan: fan)
        case .restoreFan(let tray, let fan): plant.restoreFan(tray: tray, fan: fan)
        case .cooling(let action): apply(action)
        case .tether(let action): apply(action, at: instant)
        case .rebootDevice(let device): restart(device, at: instant)
        case .disconnectDevice(let device):
            devices[device].isDisconnected = true
            tuneEar(of: devices[device], at: instant)
        case .replaceDevice(let device, _, _): pull(device, at: instant)
        case .sensorFault(let device, let sensor, let fault):
            devices[device].sensors.begin(fault, on: sensor, event: Int32(index), at: instant)
        case .busFault(let fault):
            let stream = SeededStream(
                seed: seed, nameHash: Self.streamName(of: events[index].text), index: events.namesakes(before: index))
            faults.begin(fault, event: Int32(index), stream: stream)
        case .setBudget(let budget):
            controller.operatorBudget = budget
            budgetFromAbove = nil
        case .setInletTemperature(let temperature): plant.setInletTemperature(temperature.celsius)
        case .setDemand(let demand): plant.setDemand(demand.share)
        case .stopController(let seat): stop(seat, at: instant)
        case .pauseController(let seat): pause(seat)
        case .partitionController(let seat, let reach): partition(seat, from: reach, by: 1)
        }
    }

    /// A fault draws from a stream that its own words name, so that other events do not disturb its chances.
    private static func streamName(of text: String) -> UInt64 {
        "bus fault \(text)".utf8.reduce(SeededStream.emptyNameHash) { SeededStream.nameHash($0, adding: $1) }
    }

    func restart(_ device: Int, at instant: Instant) {
        // Without power nothing starts; it will when the busbar is back.
        guard !devices[device].isUnpowered else { return }
        devices[device].ear.close()
        devices[device].restart(at: instant)
        tuneEar(of: devices[device], at: instant)
        safety?.noteRestart(of: device, at: instant)
        deadlines[device] = devices[device].nextDeadline.rawValue
    }

    /// A new module in the slot: its MCU starts, and has no fault latched.
    private func replaceSupply(shelf: Int, slot: Int, at instant: Instant) {
        guard plant.supplyHasFailed(shelf: shelf, slot: slot) || plant.supplyIsLatched(shelf: shelf, slot: slot) else {
            return
        }
        plant.restoreSupply(shelf: shelf, slot: slot)
        if let device = roles.supply[shelf][slot] { restart(device, at: instant) }
    }

    /// Whether what the action did has to stay, since another event that did the same is in force still.
    private func isHeldByAnother(_ action: ScenarioAction, at instant: Instant) -> Bool {
        switch action {
        case .failSupply(let shelf, let slot):
            events.isHeld(at: instant) {
                if case .failSupply(shelf, slot) = $0 { true } else { false }
            } repairedBy: {
                if case .restoreSupply(shelf, slot) = $0 { true } else { false }
            }
        case .failBackup(let unit):
            events.isHeld(at: instant) {
                if case .failBackup(unit) = $0 { true } else { false }
            } repairedBy: {
                if case .restoreBackup(unit) = $0 { true } else { false }
            }
        case .loseFeed(let feed):
            events.isHeld(at: instant) {
                if case .loseFeed(feed) = $0 { true } else { false }
            } repairedBy: {
                if case .restoreFeed(feed) = $0 { true } else { false }
            }
        case .stallFan(let tray, let fan):
            events.isHeld(at: instant) {
                if case .stallFan(tray, fan) = $0 { true } else { false }
            } repairedBy: {
                if case .restoreFan(tray, fan) = $0 { true } else { false }
            }
        case .disconnectDevice(let device):
            events.isHeld(at: instant) {
                if case .disconnectDevice(device) = $0 { true } else { false }
            } repairedBy: { _ in
                false
            }
        default: false
        }
    }

    /// A setting goes back to what another event still holds, or to what the scenario began with.
    private func revert(_ action: ScenarioAction, index: Int, at instant: Instant) {
        if isHeldByAnother(action, at: instant) { return }
        switch action {
        case .failSupply(let shelf, let slot): replaceSupply(shelf: shelf, slot: slot, at: instant)
        case .failBackup(let unit): plant.restoreBackup(unit)
        case .loseFeed(let feed): plant.restoreFeed(feed)
        case .stallFan(let tray, let fan): plant.restoreFan(tray: tray, fan: fan)
        case .cooling(let action): revert(action, at: instant)
        case .tether(let action): revert(action, at: instant)
        case .replaceDevice(let device, let successor, let charge):
            install(successor, charge: charge, as: device, event: index, at: instant)
        case .disconnectDevice(let device):
            devices[device].isDisconnected = false
            tuneEar(of: devices[device], at: instant)
        case .sensorFault(let device, _, _): devices[device].sensors.end(event: Int32(index))
        case .busFault: faults.end(event: Int32(index))
        case .setBudget:
            let held = events.setting(at: instant) { if case .setBudget(let budget) = $0 { budget } else { nil } }
            controller.operatorBudget = held ?? scenario.controller.budget
            budgetFromAbove = nil
        case .setInletTemperature:
            let held = events.setting(at: instant) {
                if case .setInletTemperature(let inlet) = $0 { inlet } else { nil }
            }
            plant.setInletTemperature(held?.celsius ?? scenario.rack.plant.inletTemperature)
        case .setDemand:
            let held = events.setting(at: instant) { if case .setDemand(let demand) = $0 { demand } else { nil } }
            if let held { plant.setDemand(held.share) } else { plant.restoreDemand() }
        case .stopController(let seat): start(seat, at: instant)
        case .pauseController(let seat): resume(seat, at: instant)
        case .partitionController(let seat, let reach): partition(seat, from: reach, by: -1)
        case .restoreSupply, .restoreBackup, .restoreFeed, .restoreFan, .rebootDevice: break
        }
    }
}
