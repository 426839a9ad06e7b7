public import ControlLaws

extension SafetyState {
    /// As it stands in telemetry's legend and in a status line.
    public var word: String {
        switch self {
        case .start: "start"
        case .normal: "normal"
        case .degraded: "degraded"
        case .failsafe: "failsafe"
        case .shed: "shed"
        case .recovery: "recovery"
        }
    }

    /// Whether a plot should mark that it is entered.
    var isMajor: Bool {
        switch self {
        case .start, .normal, .degraded: false
        case .failsafe, .shed, .recovery: true
        }
    }

    /// `degraded: a device is lost, a supply is lost`.
    func words(_ causes: SafetyCauses) -> String {
        let reasons = SafetyCauses.inOrder.filter { causes.contains($0.cause) }.map(\.words)
        return reasons.isEmpty ? word : "\(word): \(reasons.joined(separator: ", "))"
    }
}

extension SafetyCauses {
    fileprivate static let inOrder: [(cause: SafetyCauses, words: String)] = [
        (.told, "nobody says the budget"), (.blind, "no tray's power can be read"), (.feedLost, "a feed is lost"),
        (.supplyLost, "a supply is lost"), (.overload, "more power than the sources carry"),
        (.breakerHot, "a breaker is hot"), (.floorsDoNotFit, "the floors do not fit"),
        (.braked, "trays are braked"), (.busCut, "a bus is cut"), (.deviceLost, "a device is lost"),
        (.trayUnread, "a tray's power cannot be read"), (.trayHeldBack, "a tray lacks a part"),
        (.trayWaiting, "trays wait to be switched on"),
    ]
}

extension TrayPart {
    /// What to look for at a tray that stays off.
    var words: String {
        switch self {
        case .monitor: "its power monitor is missing"
        case .baseboard: "its BMC is missing"
        case .cooling: "its cooling is missing"
        case .limits: "its limits and watchdogs were not acknowledged"
        }
    }
}
