internal import ControlLoop
internal import RackControl
internal import Units

/// When it is time to tell who took a safe state: once all were asked, and once more when the last of them took it.
///
/// At the start of a control nobody has been found yet, and a device that is out of reach then may take the safe state a
/// moment later: until every device was found or found missing, nothing is said.
struct SafeStateWatch {
    private let deadline: Instant
    private var isTold = false
    private var wasComplete = false

    /// For a safe state that was seen at an instant, in a control that began at another.
    init(from instant: Instant, startedAt: Instant) {
        deadline = max(instant + ScanOptions().safeStateTime, startedAt + ControlReporter.startGrace)
    }

    /// True at most twice.
    mutating func isToBeTold(_ status: ControlStatus, at now: Instant) -> Bool {
        let isComplete = !status.devices.contains { $0.safeState == .pending || $0.safeState == .outOfReach }
        guard !wasComplete else { return false }
        let isSettled = !status.devices.contains { $0.safeState == .pending || $0.phase.isOnTheWay }
        guard isComplete || (!isTold && (isSettled || now >= deadline)) else { return false }
        isTold = true
        wasComplete = isComplete
        return true
    }
}

extension DevicePhase {
    /// Being found or armed: what it is good for is not known yet.
    var isOnTheWay: Bool {
        switch self {
        case .probing, .surveying, .arming: true
        case .online, .dormant, .misidentified: false
        }
    }
}
