internal import Plant
internal import Scenario
internal import Units

/// What a scenario does to the cables from other racks.
extension RackSimulation {
    func apply(_ action: TetherAction, at instant: Instant) {
        switch action {
        case .fail(let tether): plant.setTether(tether, hasFailed: true)
        case .lose(let tether): plant.setTetherSource(tether, isLive: false)
        case .unplug(let tether): plant.setTetherPlug(tether, isIn: false)
        case .wear(let tether, let microohms): plant.setTetherContact(tether, resistance: Double(microohms) / 1e6)
        case .restore(let tether):
            plant.setTetherContact(tether, resistance: nil)
            plant.setTetherPlug(tether, isIn: true)
            replaceTether(tether, at: instant)
        }
    }

    func revert(_ action: TetherAction, at instant: Instant) {
        switch action {
        case .fail(let tether): replaceTether(tether, at: instant)
        case .lose(let tether): plant.setTetherSource(tether, isLive: true)
        case .unplug(let tether): plant.setTetherPlug(tether, isIn: true)
        case .wear(let tether, _): plant.setTetherContact(tether, resistance: nil)
        case .restore: break
        }
    }

    /// A new unit at the cable's end: its MCU starts, and has no fault latched.
    private func replaceTether(_ tether: Int, at instant: Instant) {
        plant.setTether(tether, hasFailed: false)
        if let device = roles.tether[tether] { restart(device, at: instant) }
    }
}
