internal import Scenario
internal import Units

/// What stands between the plant and a device's converters: nothing, or the sensor faults of the scenario.
///
/// The firmware sees only what this yields, as a real MCU sees only its sensor.
struct SensorChain {
    private struct ActiveFault {
        /// The scenario's event that brought it.
        var event: Int32
        var sensor: SensedQuantity
        var fault: SensorFault
        var since: Instant
        /// The value when the fault began, for a stuck sensor.
        var held: Int64?
    }

    private var active: [ActiveFault] = []

    var isHealthy: Bool { active.isEmpty }

    /// Of several faults of one sensor the one that began last shows.
    mutating func begin(_ fault: SensorFault, on sensor: SensedQuantity, event: Int32, at now: Instant) {
        active.append(ActiveFault(event: event, sensor: sensor, fault: fault, since: now, held: nil))
    }

    mutating func end(event: Int32) {
        active.removeAll { $0.event == event }
    }

    /// The value that the sensor shows; `unit` is the number of `value`'s units in the base unit of a drift.
    mutating func shown(_ value: Int64, by sensor: SensedQuantity, unit: Int64 = 1, at now: Instant) -> Int64 {
        guard !active.isEmpty, let index = active.lastIndex(where: { $0.sensor == sensor }) else {
            return value
        }
        switch active[index].fault {
        case .stuck:
            let held = active[index].held ?? value
            active[index].held = held
            return held
        case .drift(let perSecond):
            let elapsed = (now - active[index].since).milliseconds
            return Self.bounded(Double(value) + Double(perSecond) * Double(unit) * Double(elapsed) / 1000)
        case .gain(let gain):
            return Self.bounded(Double(value) * Double(gain.perMille) / 1000)
        }
    }

    /// Whole, and within what the firmware's arithmetic takes: a scenario may let a sensor drift at any rate, and the
    /// converter behind it saturates long before.
    private static func bounded(_ value: Double) -> Int64 { Int64(min(max(value, -1e12), 1e12)) }
}
