internal import Units

/// A monitor that pulls the power brake lets go of it: under the brake a tray draws next to nothing.
struct BrakeCheck {
    /// Twenty times the firmware's own hold time. Arbitrary.
    private static let patience = Interval.seconds(1)

    private var letGoAt: [Instant]

    init(trayCount: Int) { letGoAt = Array(repeating: .start, count: trayCount) }

    /// `mayHold`: the monitor cannot know better, since it is dead or its sensors lie.
    mutating func judge(tray: Int, name: String, isBraking: Bool, mayHold: Bool, at now: Instant) -> String? {
        guard isBraking, !mayHold else {
            letGoAt[tray] = now
            return nil
        }
        guard now - letGoAt[tray] > Self.patience else { return nil }
        return "\(name) has been braked for \((now - letGoAt[tray]).milliseconds) ms without a cause"
    }
}
