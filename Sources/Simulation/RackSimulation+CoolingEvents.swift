internal import Plant
internal import Scenario
internal import Units

/// What the scenario does to the rack's own cooling, and how it is undone.
extension RackSimulation {
    func apply(_ action: CoolingAction) {
        switch action {
        case .failPump(let pump): plant.setPump(pump, hasFailed: true)
        case .restorePump(let pump): replacePump(pump)
        case .stallWallFan(let fan): plant.setWallFan(fan, isStalled: true)
        case .restoreWallFan(let fan): plant.setWallFan(fan, isStalled: false)
        case .leak(let tray?, let rate): plant.setLeak(tray: tray, rate: Self.massFlow(rate))
        case .leak(nil, let rate): plant.setLeak(rate: Self.massFlow(rate))
        case .stickValve: plant.setFacilityValve(isStuck: true)
        case .openDoor: plant.setDoor(isOpen: true)
        case .pressEmergency(let device): pumpUnit(device)?.isEmergencyPressed = true
        case .setFacilityTemperature(let temperature): plant.setFacilityTemperature(temperature.celsius)
        }
    }

    func revert(_ action: CoolingAction, at instant: Instant) {
        switch action {
        case .failPump(let pump): replacePump(pump)
        case .stallWallFan(let fan): plant.setWallFan(fan, isStalled: false)
        case .leak(let tray?, _): plant.mendLeak(tray: tray)
        case .leak(nil, _): plant.mendLeak()
        case .stickValve: plant.setFacilityValve(isStuck: false)
        case .openDoor: plant.setDoor(isOpen: false)
        case .pressEmergency(let device): pumpUnit(device)?.isEmergencyPressed = false
        case .setFacilityTemperature:
            let held = events.setting(at: instant) {
                if case .cooling(.setFacilityTemperature(let water)) = $0 { water } else { nil }
            }
            plant.setFacilityTemperature(
                held?.celsius ?? scenario.rack.plant.cooling.loop?.exchanger.facilityTemperature ?? 0)
        case .restorePump, .restoreWallFan: break
        }
    }

    /// A new pump: whoever fits it resets its lock-out.
    private func replacePump(_ pump: Int) {
        plant.setPump(pump, hasFailed: false)
        for device in devices { (device as? PumpUnitDevice)?.resetPump(pump) }
    }

    private func pumpUnit(_ device: Int) -> PumpUnitDevice? { devices[device] as? PumpUnitDevice }

    /// kg/s of so many millilitres per minute.
    private static func massFlow(_ rate: Int64) -> Double { Double(rate) / 60_000 * Coolant.density }
}
