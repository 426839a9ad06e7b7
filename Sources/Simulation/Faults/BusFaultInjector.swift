internal import Scenario
internal import Units

/// Trouble that the scenario puts on a bus, drawn for each transaction from the fault's own stream.
struct BusFaultInjector {
    private struct ActiveFault {
        var event: Int32
        var fault: BusFault
        var remaining: Int
        var stream: SeededStream
    }

    private var active: [ActiveFault] = []

    mutating func begin(_ fault: BusFault, event: Int32, stream: SeededStream) {
        active.append(
            ActiveFault(event: event, fault: fault, remaining: fault.count ?? .max, stream: stream))
    }

    mutating func end(event: Int32) {
        active.removeAll { $0.event == event }
    }

    /// The fault that hits a transaction with this unit, if any; the first that applies and whose chance comes up.
    mutating func draw(bus: Int, unit: UInt8) -> BusFault.Kind? {
        for index in active.indices {
            let fault = active[index].fault
            guard fault.bus == bus, fault.unit == nil || fault.unit == unit, active[index].remaining > 0 else {
                continue
            }
            guard Int64(active[index].stream.next() % 1000) < fault.chance.perMille else { continue }
            active[index].remaining -= 1
            return fault.kind
        }
        return nil
    }
}
