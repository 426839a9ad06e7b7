internal import Units

/// How a line on the error stream of a rack that runs says when: as a status line begins, and to the millisecond, as
/// `busbar inject --list` tells times.
enum RunningTime {
    /// `t=12.345s bus trays, ...`
    static func line(_ text: String, at time: Interval) -> String {
        let milliseconds = max(0, time.milliseconds)
        let digits = String(milliseconds % 1000)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return "t=\(milliseconds / 1000).\(fraction)s \(text)"
    }
}
