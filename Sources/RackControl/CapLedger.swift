import Units

/// What is known of one tray's cap: what was asked, what the BMC acknowledged, and what may be in force instead.
///
/// No cap is assumed: until the BMC has acknowledged a write, or its applied limit was read, the tray counts for its
/// ceiling. A write without an answer may have arrived or not, so both values count until the next acknowledgement.
struct CapLedger {
    /// What the power loop wants.
    private(set) var asked: Power
    private(set) var askedAt: Instant = .start
    /// The asked cap of the last acknowledged write; differs from `confirmed` by the register's granule.
    private(set) var acknowledged: Power?
    /// What the BMC holds since then.
    private(set) var confirmed: Power?
    /// The highest value that may be in force besides: written and not acknowledged, or read back.
    private(set) var uncertain: Power = .zero
    /// When the last acknowledged write was issued.
    private(set) var writtenAt: Instant = .start
    /// When the cap was last lowered.
    private(set) var loweredAt: Instant = .start

    init(asked: Power) { self.asked = asked }

    var needsWrite: Bool { acknowledged != asked }

    /// Whether the write that is needed lowers what the tray may draw, or could.
    var isLowering: Bool {
        guard let confirmed else { return uncertain == .zero || asked <= uncertain }
        return asked < max(confirmed, uncertain)
    }

    /// The most that the limits which may be in force let the tray draw.
    func bound(ceiling: Power) -> Power {
        if let confirmed { return max(asked, max(confirmed, uncertain)) }
        return uncertain == .zero ? max(asked, ceiling) : max(asked, uncertain)
    }

    mutating func ask(_ power: Power, at now: Instant) {
        guard power != asked else { return }
        if power < asked { loweredAt = now }
        asked = power
        askedAt = now
    }

    /// A write is on its way: from now on it may be in force.
    mutating func issued(_ power: Power) { uncertain = max(uncertain, power) }

    mutating func acknowledge(_ ask: Power, holds held: Power, issuedAt: Instant) {
        acknowledged = ask
        confirmed = held
        uncertain = .zero
        writtenAt = issuedAt
    }

    /// The BMC was found to enforce something else.
    mutating func contradict(readBack: Power) {
        acknowledged = nil
        confirmed = nil
        uncertain = readBack
    }

    /// The BMC is gone or restarted: what it held counts no longer as acknowledged, but may be in force.
    mutating func doubt() {
        acknowledged = nil
        if let confirmed { uncertain = max(confirmed, uncertain) }
        confirmed = nil
    }
}
