internal import Units

/// The controller pulls the power-brake line for an overload only, and lets go of it when that is over.
struct BrakeLineCheck {
    /// From an overload to the line: the patience of the brake with caps, and what the heat of a breaker was before. Arbitrary.
    private static let memory = Interval.seconds(10)
    /// Hold time, and as long again; then one tray after the other. Arbitrary.
    private static let patience = Interval.seconds(10)
    private static let patiencePerTray = Interval.seconds(1)

    private let trayCount: Int
    private var overloadedAt: Instant?
    private var pulledBefore = 0
    private var owedSince: Instant?

    init(trayCount: Int) { self.trayCount = trayCount }

    /// One sample of the plant's truth. `isOverloaded`: more power than the working supplies are rated for, or more current than
    /// a breaker is. `mustLetGo`: every BMC could be commanded for a while, and the caps in force fit what is left.
    mutating func judge(pulled: Int, isOverloaded: Bool, mustLetGo: Bool, at now: Instant) -> String? {
        if isOverloaded { overloadedAt = now }
        let wasReleased = pulledBefore == 0
        pulledBefore = pulled
        guard pulled > 0 else {
            owedSince = nil
            return nil
        }
        if wasReleased, overloadedAt.map({ now - $0 > Self.memory }) ?? true {
            return "the line was pulled on \(pulled) trays without an overload"
        }
        guard mustLetGo else {
            owedSince = nil
            return nil
        }
        let since = owedSince ?? now
        owedSince = since
        let patience = Self.patience + Self.patiencePerTray * Int64(trayCount)
        guard now - since > patience else { return nil }
        return "the line still holds \(pulled) trays \((now - since).milliseconds / 1000) s after their caps fit"
    }
}
