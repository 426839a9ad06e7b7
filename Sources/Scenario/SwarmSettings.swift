public import Units

/// What a swarm of runs varies: how long a run is, which trouble it meets, and when the rack must be well again.
public struct SwarmSettings: Sendable {
    /// Kinds of trouble that a schedule may draw.
    public enum TroubleKind: String, CaseIterable, Sendable {
        /// A supply fails and is replaced, as far as the redundancy promises to survive it.
        case failSupply = "fail-supply"
        /// Any trouble of a line or of a unit's answers, with a chance.
        case busFault = "bus-fault"
        /// A sensor that sticks, drifts or is off by a factor.
        case sensor
        /// A device's MCU restarts.
        case reboot = "device-reboot"
        /// A device is cut off from its bus.
        case cut
        case stallFan = "stall-fan"
        /// The operator sets another budget, never above the scenario's own.
        case budget
        /// The workload asks for another mean load.
        case load
        /// A feed is lost with all supplies behind it and returns, where the redundancy promises to survive it.
        case loseFeed = "lose-feed"
        /// The air comes in warmer or colder.
        case inlet
        /// A power tether fails, is unplugged or loses the other rack, where the redundancy promises to survive it.
        case loseTether = "lose-tether"
        /// The acting controller dies, and another begins that knows nothing: itself again, or its standby.
        case stopController = "stop-controller"
        /// It stands still, and goes on with what it last knew.
        case pauseController = "pause-controller"
    }

    public var duration: Interval
    public var varied: [ValueRange]
    /// 1 or more: every schedule has at least one.
    public var mostTroubles: Int
    /// In the order of the enumeration, without repetition.
    public var kinds: [TroubleKind]
    /// No trouble begins before this.
    public var from: Instant
    public var safety: SafetySettings

    public init(
        duration: Interval, varied: [ValueRange], mostTroubles: Int, kinds: [TroubleKind], from: Instant,
        safety: SafetySettings
    ) {
        self.duration = duration
        self.varied = varied
        self.mostTroubles = mostTroubles
        self.kinds = kinds
        self.from = from
        self.safety = safety
    }
}

/// From when on a run must be well again, for the checks that judge safety.
public struct SafetySettings: Sendable {
    /// All trouble is over by then.
    public var healedBy: Instant
    /// So long after that the rack must have converged, and stay so to the end of the run.
    public var settlesWithin: Interval

    public init(healedBy: Instant, settlesWithin: Interval) {
        self.healedBy = healedBy
        self.settlesWithin = settlesWithin
    }

    public var settledBy: Instant { healedBy + settlesWithin }
}

/// A parameter or a single value of the scenario, and the range within which a search may set it.
public struct ValueRange: Sendable {
    /// A parameter's name, or a path such as `controller.period`.
    public var path: String
    /// In `unit`; `lowest <= highest`.
    public var lowest: Double
    public var highest: Double
    /// As the file writes it: `%`, `kW`, `ms`; empty for a count.
    public var unit: String
    /// Counts take whole numbers only.
    public var isWhole: Bool

    public init(path: String, lowest: Double, highest: Double, unit: String, isWhole: Bool = false) {
        self.path = path
        self.lowest = lowest
        self.highest = highest
        self.unit = unit
        self.isWhole = isWhole
    }

    /// The value at a share of the range, 0...1, as the file would write it: `63.4 %`.
    ///
    /// Rounded to a ten-thousandth of the unit, so that the text says all of the number.
    public func text(at share: Double) -> String {
        let value = lowest + (highest - lowest) * min(max(share, 0), 1)
        let scale = isWhole ? 1.0 : 10_000.0
        let parts = Int64((value * scale).rounded())
        let (whole, rest) = (parts.magnitude / UInt64(scale), parts.magnitude % UInt64(scale))
        var number = (parts < 0 ? "-" : "") + String(whole)
        if rest != 0 {
            var fraction = String(rest)
            while fraction.count < 4 { fraction = "0" + fraction }
            while fraction.hasSuffix("0") { fraction.removeLast() }
            number += ".\(fraction)"
        }
        return unit.isEmpty ? number : "\(number) \(unit)"
    }
}
