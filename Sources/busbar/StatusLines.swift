internal import Foundation
internal import TerminalView
internal import Units

/// Status lines on the error stream, one per interval.
struct StatusLines {
    private let interval: Interval
    private var next: Instant

    /// The first line comes at once.
    init(every interval: StatusInterval) {
        self.interval = Interval(rawValue: Int64(interval.seconds * 1e9))
        next = Instant(rawValue: .min)
    }

    /// `now` is a reading of the clock on the wall since the start.
    mutating func tick(at now: Instant, snapshot: () -> LiveSnapshot) {
        guard now >= next else { return }
        // Lines keep their times; those that were missed are not made up for.
        let missed = next.rawValue == .min ? 0 : (now - next).rawValue / interval.rawValue
        next = next.rawValue == .min ? now + interval : next + interval * (missed + 1)
        // Whoever does not read its lines must not hold up the rack.
        var request = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&request, 1, 0) == 1, request.revents & Int16(POLLOUT) != 0 else { return }
        StandardStreams.error(StatusLine(snapshot()).text)
    }
}
