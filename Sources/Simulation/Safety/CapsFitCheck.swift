internal import Units

/// The caps in force, by the BMCs' own firmware, fit what the supplies carry after the failure that is promised to be
/// survived, and so do the caps to which they would fall back.
///
/// Owed a while after every change, and only as far as the trays could be reached: what an unreachable BMC holds counts
/// as it is, and the others as their floors, and nothing less can be asked of any law.
struct CapsFitCheck {
    /// Trays at one instant, as the firmware has them.
    struct Tray {
        var cap: Power
        var fallback: Power
        var floor: Power
        var isInReach: Bool
    }

    /// A poll of the supplies until it counts as stale, a scan cycle, a write to every BMC. Arbitrary.
    static let adaptation = Interval.seconds(3)
    /// A register holds whole watts, and each cap may be rounded by half of one.
    private static let rounding = Power.watts(1)

    private var excusedUntil: Instant
    private(set) var leastRoom = Double.infinity

    init(judgedFrom: Instant) { excusedUntil = judgedFrom }

    /// Something changed what the rack may draw.
    mutating func noteChange(at now: Instant) { excusedUntil = max(excusedUntil, now + Self.adaptation) }

    /// `remaining`: what supplies and breakers bear after the next failure that must be survived; `lasting`: what they
    /// carry for ever, which is owed by the caps that hold when nobody commands any more.
    mutating func judge(_ trays: [Tray], remaining: Power, lasting: Power, at now: Instant) -> String? {
        guard now >= excusedUntil else { return nil }
        if let text = judge(trays.map { ($0.isInReach, $0.cap, $0.floor) }, "caps in force", remaining) {
            return text
        }
        // They count when the controller falls silent. That is the one failure: not owed beside a tray out of reach.
        guard trays.allSatisfy(\.isInReach) else { return nil }
        return judge(trays.map { ($0.isInReach, $0.fallback, $0.floor) }, "fallback caps", lasting)
    }

    private mutating func judge(
        _ trays: [(isInReach: Bool, cap: Power, floor: Power)], _ what: String, _ remaining: Power
    ) -> String? {
        var (sum, least) = (Power.zero, Power.zero)
        for tray in trays {
            sum += tray.cap
            least += tray.isInReach ? tray.floor : tray.cap
        }
        let room = max(remaining, least) - sum
        leastRoom = min(leastRoom, Double(room.milliwatts) / 1000)
        guard room + Self.rounding * Int64(trays.count) < .zero else { return nil }
        return "the \(what) sum to \(sum.milliwatts / 1000) W, \((sum - remaining).milliwatts / 1000) W more than what "
            + "the next failure leaves"
    }
}
