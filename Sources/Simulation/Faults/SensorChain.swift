internal import Scenario
internal import Units

/// What stands between the plant and a device's converters: nothing, or the sensor faults of the scenario.
///
/// The firmware sees only what this yields, as a real MCU sees only its sensor.
struct SensorChain {
    private struct ActiveFault {
        var sensor: SensedQuantity
        var fault: SensorFault
        var since: Instant
        /// The value when the fault began, for a stuck sensor.
        var held: Int64?
    }

    private var active: [ActiveFault] = []

    var isHealthy: Bool { active.isEmpty }

    mutating func begin(_ fault: SensorFault, on sensor: SensedQuantity, at now: Instant) {
        end(sensor)
        active.append(ActiveFault(sensor: sensor, fault: fault, since: now, held: nil))
    }

    mutating func end(_ sensor: SensedQuantity) {
        active.removeAll { $0.sensor == sensor }
    }

    /// The value that the sensor shows; `unit` is the number of `value`'s units in the base unit of a drift.
    mutating func shown(_ value: Int64, by sensor: SensedQuantity, unit: Int64 = 1, at now: Instant) -> Int64 {
        guard !active.isEmpty, let index = active.firstIndex(where: { $0.sensor == sensor }) else { return value }
        switch active[index].fault {
        case .stuck:
            let held = active[index].held ?? value
            active[index].held = held
            return held
        case .drift(let perSecond):
            let elapsed = (now - active[index].since).milliseconds
            return value + perSecond * unit * elapsed / 1000
        case .gain(let gain):
            return value * gain.perMille / 1000
        }
    }
}
