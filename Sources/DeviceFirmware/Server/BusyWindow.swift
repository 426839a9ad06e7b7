public import Units

/// The time in which an MCU has no ear for its bus, again and again: while it averages, say. It answers exception 6,
/// server device busy (Modbus application protocol V1.1b3, section 7), and does nothing that it was asked.
@frozen
public struct BusyWindow: Hashable, Sendable {
    public let every: Interval
    public let length: Interval

    /// `length` is less than `every`.
    public init(every: Interval, length: Interval) {
        precondition(every > .zero && length < every, "a device that is always busy is no device")
        self.every = every
        self.length = length
    }

    /// Whether the device is busy: at the end of every period, when a window of samples is averaged.
    public func covers(_ now: Instant) -> Bool {
        (now - .start).rawValue % every.rawValue >= (every - length).rawValue
    }
}
