internal import ControlLaws

/// What was marked as begun and has not ended, so that an end is marked as its beginning was.
///
/// A rack that starts brings everything into service, and a controller that takes over finds all of it: no news. That a
/// supply works again after it was lost is as much news as its loss.
public struct OpenTroubles: Sendable {
    private enum Matter: Equatable {
        case absence(device: Int)
        case supply(device: Int)
        case coolingUnit(device: Int)
        case door(device: Int)
        case fans(tray: Int)
        case mainPower(tray: Int)
        case safety
    }

    private enum Turn {
        case begins(Matter)
        case ends(Matter)
        case alone
    }

    private var open: [Matter] = []

    public init() {}

    /// Takes an event, in the order in which they happened; whether a plot should mark it, given whether its own words
    /// are major.
    public mutating func marks(_ event: ControllerEvent, isMajor: Bool) -> Bool {
        switch Self.turn(of: event.kind) {
        case .alone: return isMajor
        case .begins(let matter):
            guard isMajor, !isPartOfLoss(matter) else { return false }
            if !open.contains(matter) { open.append(matter) }
            return true
        case .ends(let matter):
            guard let index = open.firstIndex(of: matter) else { return false }
            open.remove(at: index)
            return true
        }
    }

    /// A supply that is lost already restarts when it gets power again, and is silent meanwhile: the loss goes on.
    private func isPartOfLoss(_ matter: Matter) -> Bool {
        if case .absence(let device) = matter { open.contains(.supply(device: device)) } else { false }
    }

    private static func turn(of kind: ControllerEvent.Kind) -> Turn {
        switch kind {
        case .lost(let device): .begins(.absence(device: device))
        case .online(let device): .ends(.absence(device: device))
        case .supplyLost(let device): .begins(.supply(device: device))
        case .supplyWorking(let device): .ends(.supply(device: device))
        case .failsafeEntered(let tray): .begins(.fans(tray: tray))
        case .failsafeLeft(let tray): .ends(.fans(tray: tray))
        case .coolingFailsafeEntered(let device): .begins(.coolingUnit(device: device))
        case .coolingFailsafeLeft(let device): .ends(.coolingUnit(device: device))
        case .doorOpened(let device): .begins(.door(device: device))
        case .doorClosed(let device): .ends(.door(device: device))
        case .trayShed(let tray), .leakFound(let tray), .trayHeldBack(let tray, _): .begins(.mainPower(tray: tray))
        case .trayEnergised(let tray): .ends(.mainPower(tray: tray))
        // A controller that starts knows of nothing that would be over.
        case .safetyStateEntered(.start, _): .alone
        case .safetyStateEntered(let state, _): state.isMajor ? .begins(.safety) : .ends(.safety)
        case .identified, .misidentified, .sourceChanged, .strangerNamed, .restarted, .settingRefused, .capLowered,
            .capRaised, .capContradicted, .budgetChanged, .stoodStill, .bandChanged, .budgetBelowFloors,
            .capsDoNotSuffice,
            .trayIsolated, .coolantLost, .bridgeBegan, .bridgeEnded, .safeStateEntered, .safeStateLeft,
            .brakeLinePulled, .brakeLineReleased:
            .alone
        }
    }
}
