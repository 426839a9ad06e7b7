import ControlLaws
import ModbusWire
public import Units

/// A line of the event log, in words.
public struct ControllerEventWords: Sendable {
    /// What it concerns: `tray-2/monitor`, `tray-3`, `rack`.
    public var subject: String
    /// A few words: `cap lowered to 2.4 kW`.
    public var text: String
    /// Whether a plot should mark it.
    public var isMajor: Bool

    init(_ subject: String, _ text: String, isMajor: Bool = false) {
        self.subject = subject
        self.text = text
        self.isMajor = isMajor
    }
}

extension ControllerEvent {
    /// Names come from whoever knows the rack; they are asked by index in the inventory.
    public func words(device: (Int) -> String, tray: (Int) -> String) -> ControllerEventWords {
        switch kind {
        case .identified(let index): ControllerEventWords(device(index), "identified")
        case .misidentified(let index):
            ControllerEventWords(device(index), "is not what the rack says; left alone", isMajor: true)
        case .sourceChanged(let index, let model):
            ControllerEventWords(device(index), "is \(model.text) now", isMajor: true)
        case .strangerNamed(let index, let name):
            ControllerEventWords(
                device(index), "calls itself \"\(name.text)\" and is not qualified there", isMajor: true)
        case .online(let index): ControllerEventWords(device(index), "online")
        case .lost(let index): ControllerEventWords(device(index), "lost", isMajor: true)
        case .restarted(let index): ControllerEventWords(device(index), "restarted; armed again", isMajor: true)
        case .settingRefused(let index, let code):
            ControllerEventWords(device(index), "refused a setting: exception \(code.rawValue)")
        case .supplyWorking(let index): ControllerEventWords(device(index), "working")
        case .supplyLost(let index): ControllerEventWords(device(index), "lost to the controller", isMajor: true)
        case .capLowered(let index, let power): ControllerEventWords(tray(index), "cap lowered to \(power.words)")
        case .capRaised(let index, let power): ControllerEventWords(tray(index), "cap raised to \(power.words)")
        case .capContradicted(let index, let power):
            ControllerEventWords(tray(index), "enforces \(power.words) instead of its cap; written again")
        case .stoodStill(let length):
            ControllerEventWords("controller", "stood still for \(length.milliseconds) ms; begins anew", isMajor: true)
        case .budgetChanged(let power): ControllerEventWords("rack", "budget now \(power.words)", isMajor: true)
        case .bandChanged(let band): ControllerEventWords("rack", Self.words(of: band))
        case .budgetBelowFloors(let power):
            ControllerEventWords("rack", "budget is \(power.words) below the sum of the floors", isMajor: true)
        case .capsDoNotSuffice(let power):
            ControllerEventWords("rack", "\(power.words) above the target that no cap can take", isMajor: true)
        case .failsafeEntered(let index): ControllerEventWords(tray(index), "fans to failsafe duty", isMajor: true)
        case .failsafeLeft(let index): ControllerEventWords(tray(index), "fans under control again")
        case .coolingFailsafeEntered(let index): ControllerEventWords(device(index), "to failsafe duty", isMajor: true)
        case .coolingFailsafeLeft(let index): ControllerEventWords(device(index), "under control again")
        case .leakFound(let index):
            ControllerEventWords(tray(index), "leaks coolant; switched off", isMajor: true)
        case .trayIsolated(let index): ControllerEventWords(tray(index), "shut off from the coolant", isMajor: true)
        case .coolantLost(let loss):
            ControllerEventWords("rack", "\(loss.words); all trays on the loop switched off", isMajor: true)
        case .doorOpened(let index): ControllerEventWords(device(index), "door open", isMajor: true)
        case .doorClosed(let index): ControllerEventWords(device(index), "door closed")
        case .bridgeBegan: ControllerEventWords("rack", "on backup units", isMajor: true)
        case .bridgeEnded: ControllerEventWords("rack", "back on the supplies", isMajor: true)
        case .safeStateEntered: ControllerEventWords("rack", "safe state asked of all trays", isMajor: true)
        case .safeStateLeft: ControllerEventWords("rack", "safe state left", isMajor: true)
        case .safetyStateEntered(let state, let causes):
            ControllerEventWords("controller", state.words(causes), isMajor: state.isMajor)
        case .trayEnergised(let index): ControllerEventWords(tray(index), "switched on")
        case .trayShed(let index): ControllerEventWords(tray(index), "shed: switched off", isMajor: true)
        case .trayHeldBack(let index, let part):
            ControllerEventWords(tray(index), "stays off: \(part.words)", isMajor: true)
        case .brakeLinePulled: ControllerEventWords("rack", "power-brake line pulled on all trays", isMajor: true)
        case .brakeLineReleased: ControllerEventWords("rack", "power-brake line released", isMajor: true)
        }
    }

    private static func words(of band: PowerBand) -> String {
        switch band {
        case .lower: "power above the cap threshold, cutting"
        case .hold: "power between the thresholds, holding"
        case .raise: "power below the uncap threshold, giving back"
        }
    }
}

extension Power {
    /// Kilowatts to the watt, from integers: `2.405 kW`.
    public var words: String {
        let watts = (milliwatts + 500) / 1000
        guard watts.magnitude >= 1000 else { return "\(watts) W" }
        let digits = String(watts.magnitude % 1000)
        var fraction = String(repeating: "0", count: 3 - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(watts / 1000)\(fraction.isEmpty ? "" : ".")\(fraction) kW"
    }
}
