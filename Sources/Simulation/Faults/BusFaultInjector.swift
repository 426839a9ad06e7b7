internal import Scenario
internal import Units

/// Trouble on the buses, drawn for each transaction from the fault's own stream.
struct BusFaultInjector {
    private struct ActiveFault {
        var event: Int32
        var fault: BusFault
        var hits = 0
        var stream: SeededStream

        var isSpent: Bool { fault.count.map { hits >= $0 } ?? false }
    }

    /// A fault that hits a transaction.
    struct Hit {
        var kind: BusFault.Kind
        var event: Int32
        /// Whether it was the last that was asked for.
        var isLast: Bool
    }

    private var active: [ActiveFault] = []

    mutating func begin(_ fault: BusFault, event: Int32, stream: SeededStream) {
        active.append(ActiveFault(event: event, fault: fault, stream: stream))
    }

    mutating func end(event: Int32) {
        active.removeAll { $0.event == event }
    }

    /// Transactions that the fault of this event has hit; `nil` when it is not in force.
    func hits(ofEvent event: Int) -> Int? { active.first { Int($0.event) == event }?.hits }

    /// The fault that hits a request to this unit, if any; the first that is meant for it and whose chance comes up.
    mutating func draw(bus: Int, unit: UInt8, pdu: Span<UInt8>) -> Hit? {
        guard !pdu.isEmpty else { return nil }
        for index in active.indices {
            guard active[index].fault.concerns(bus: bus, unit: unit, pdu: pdu), !active[index].isSpent,
                active[index].stream.happens(withChance: active[index].fault.chance)
            else { continue }
            active[index].hits += 1
            return Hit(
                kind: active[index].fault.kind, event: active[index].event, isLast: active[index].isSpent)
        }
        return nil
    }
}
