/// What happened since somebody last asked, oldest first, in room that never grows.
struct EventLog: BitwiseCopyable {
    /// Events between two looks. A plant of 72 accelerators that all shut down at once, with every supply, fits.
    static let capacity = 256

    private let events: UnsafeMutablePointer<PlantEvent>
    private let counts: UnsafeMutablePointer<Int>

    init(in storage: Storage) {
        events = storage.make(EventLog.capacity, of: PlantEvent.busCollapsed)
        counts = storage.make(2, of: 0)
    }

    var count: Int { counts[0] }
    /// Events that found no room.
    var lost: Int { counts[1] }

    func append(_ event: PlantEvent) {
        guard counts[0] < EventLog.capacity else {
            counts[1] += 1
            return
        }
        events[counts[0]] = event
        counts[0] += 1
    }

    func drain(_ body: (PlantEvent) -> Void) {
        let count = counts[0]
        counts[0] = 0
        for index in 0..<count { body(events[index]) }
    }
}
