internal import Glibc
public import Units

/// The machine's CLOCK_MONOTONIC: nanoseconds since some moment in the past, never set back.
public enum MonotonicClock {
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Sleeps until an absolute instant; returns at once when it has passed.
    ///
    /// An absolute sleep does not add up the time that passes between a look at the clock and the sleep, as a relative
    /// one does, and a signal in between costs nothing: it is simply begun again.
    public static func wait(until instant: Instant) {
        guard instant.rawValue > 0 else { return }
        var time = timespec(
            tv_sec: Int(instant.rawValue / 1_000_000_000), tv_nsec: Int(instant.rawValue % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &time, nil) == EINTR {}
    }
}
