import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

@Suite struct EventQueueTests {
    private func number(_ event: DueEvent) -> Int32 {
        if case .scenarioEventBegins(let number) = event { number } else { -1 }
    }

    @Test func `the earliest event comes first, and of one instant the one that was planned first`() {
        var queue = EventQueue(capacity: 4)
        for (number, milliseconds) in [30, 10, 20, 10, 10].enumerated() {
            queue.schedule(.scenarioEventBegins(Int32(number)), at: .start + .milliseconds(Int64(milliseconds)))
        }
        var order: [Int32] = []
        while queue.nextInstant < .never { order.append(number(queue.popFirst().event)) }
        #expect(order == [1, 3, 4, 2, 0])
    }

    @Test func `an empty queue has nothing due for ever`() {
        var queue = EventQueue(capacity: 1)
        #expect(queue.nextInstant == .never)
        queue.schedule(.controllerScan(seat: 0), at: .start)
        #expect(queue.nextInstant == .start)
        _ = queue.popFirst()
        #expect(queue.nextInstant == .never)
    }

    @Test(arguments: UInt64(1)...20)
    func `however events come and go, they leave like a sorted list`(seed: UInt64) {
        var stream = SeededStream(seed: seed, name: "event queue test")
        var queue = EventQueue(capacity: 1)
        var list: [(instant: Int64, number: Int32)] = []
        for number in 0..<Int32(400) {
            // Few instants, so that many events share one.
            let instant = Int64(stream.next(below: 20))
            queue.schedule(.scenarioEventBegins(number), at: Instant(rawValue: instant))
            list.append((instant, number))
            guard stream.next(below: 3) == 0 else { continue }
            let least = list.min { ($0.instant, $0.number) < ($1.instant, $1.number) }
            list.removeAll { $0.number == least?.number }
            let first = queue.popFirst()
            #expect(first.instant.rawValue == least?.instant)
            #expect(self.number(first.event) == least?.number)
        }
        list.sort { ($0.instant, $0.number) < ($1.instant, $1.number) }
        var rest: [Int32] = []
        while queue.nextInstant < .never { rest.append(self.number(queue.popFirst().event)) }
        #expect(rest == list.map(\.number))
    }
}
