internal import Units

/// What can be due at an instant.
enum DueEvent {
    /// A controller's scan cycle.
    case controllerScan(seat: Int32)
    /// The last octet of a request has reached its device, t3.5 included.
    case requestArrived(channel: Int32)
    /// The controller has the whole answer, or knows that none will come.
    case transactionEnded(channel: Int32)
    /// An idle channel has something to carry.
    case channelWakes(channel: Int32)
    /// An event of the scenario begins, or is undone.
    case scenarioEventBegins(Int32)
    case scenarioEventEnds(Int32)
    /// What the controller's output card drives has reached the trays.
    case brakeLineSettles
    /// A claim to the lease is at its keeper; the answer is back.
    case leaseClaimArrives(seat: Int32)
    case leaseAnswerArrives(seat: Int32)
}

/// The one queue of the virtual world: a binary heap ordered by (instant, sequence), so that what was planned first
/// happens first when two events share an instant.
///
/// Its storage grows to the greatest number of events ever outstanding and is kept: no allocation in steady state.
struct EventQueue {
    private struct Entry {
        var instant: Int64
        var sequence: UInt64
        var event: DueEvent

        func isEarlier(than other: Entry) -> Bool {
            instant != other.instant ? instant < other.instant : sequence < other.sequence
        }
    }

    private var heap: ContiguousArray<Entry> = []
    private var nextSequence: UInt64 = 0

    init(capacity: Int) { heap.reserveCapacity(capacity) }

    /// The instant of the earliest event, `.never` when there is none.
    var nextInstant: Instant {
        heap.isEmpty ? .never : Instant(rawValue: heap[0].instant)
    }

    mutating func schedule(_ event: DueEvent, at instant: Instant) {
        heap.append(Entry(instant: instant.rawValue, sequence: nextSequence, event: event))
        nextSequence += 1
        siftUp(from: heap.count - 1)
    }

    /// Removes the earliest event; the queue must not be empty.
    mutating func popFirst() -> (instant: Instant, event: DueEvent) {
        precondition(!heap.isEmpty, "the event queue is empty")
        let first = heap[0]
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        return (Instant(rawValue: first.instant), first.event)
    }

    private mutating func siftUp(from start: Int) {
        let entry = heap[start]
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entry.isEarlier(than: heap[parent]) else { break }
            heap[index] = heap[parent]
            index = parent
        }
        heap[index] = entry
    }

    private mutating func siftDown() {
        let entry = heap[0]
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].isEarlier(than: heap[child]) { child += 1 }
            guard heap[child].isEarlier(than: entry) else { break }
            heap[index] = heap[child]
            index = child
        }
        heap[index] = entry
    }
}
