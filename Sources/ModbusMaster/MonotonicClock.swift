internal import Glibc
internal import Units

/// CLOCK_MONOTONIC: it never jumps when somebody sets the time of day.
enum MonotonicClock {
    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(rawValue: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Returns at once when `instant` has passed. Meant for milliseconds: nothing interrupts it.
    static func sleep(until instant: Instant) {
        var time = timespec(instant)
        while clock_nanosleep(CLOCK_MONOTONIC, CInt(TIMER_ABSTIME), &time, nil) == EINTR {}
    }
}

extension timespec {
    init(_ instant: Instant) {
        let nanoseconds = max(0, instant.rawValue)
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
