/// What a thread asks of the system so that it wakes up in time.
public struct RealTimeRequest: Hashable, Sendable {
    /// SCHED_FIFO at this priority, 1...99; `nil` leaves the thread as it is.
    public var priority: Int?
    /// The only processor that the thread may run on; `nil` for any.
    public var processor: Int?
    /// Keeps the process's pages in memory, so that none has to be fetched in the midst of a cycle.
    public var locksMemory: Bool
    /// Keeps the processors out of their deep idle states, from which they wake up slowly.
    public var forbidsDeepIdle: Bool

    public init(
        priority: Int? = nil, processor: Int? = nil, locksMemory: Bool = false, forbidsDeepIdle: Bool = false
    ) {
        self.priority = priority
        self.processor = processor
        self.locksMemory = locksMemory
        self.forbidsDeepIdle = forbidsDeepIdle
    }

    public static let priorities = 1...99
}

/// What the system did not grant: what, why, and how to allow it. The thread goes on without.
public struct RealTimeRefusal: Hashable, Sendable, CustomStringConvertible {
    public var attempted: String
    public var reason: String
    public var remedy: String

    public var description: String { "\(attempted): \(reason); \(remedy)" }
}
