public import Units

/// The clock that a client sets: a shelf device has none of its own, and counts on from what it was told.
@frozen
public struct ClientClock: Sendable {
    /// At `setAt`, in seconds; Unix time where the client keeps to it.
    private var secondsThen: Int64 = 0
    private var setAt: Instant

    init(runningSince now: Instant) { setAt = now }

    mutating func set(to seconds: Int64, at now: Instant) { (secondsThen, setAt) = (seconds, now) }

    /// The clock's value before it was ever set, from the register map's initial values: it began at the start.
    mutating func preset(to seconds: Int64) { secondsThen = seconds }

    func seconds(at now: Instant) -> Int64 { secondsThen + max(now - setAt, .zero).seconds }

    /// What a register of 32 bits holds.
    static func holds(_ seconds: Int64) -> Bool { seconds >= 0 && seconds <= Int64(UInt32.max) }
}
