import ControlLaws
import DeviceSpecs
import RegisterMaps
public import Units

/// How far a device has come with the safe state.
public enum SafeStateProgress: UInt8, Sendable {
    /// There is nothing to write to it: a supply, a monitor, or a tray whose law never caps.
    case notAsked
    /// Not acknowledged yet.
    case pending
    /// It acknowledged its safe cap and what it falls back to, or its duty.
    case taken
    /// Absent, misidentified or not armed yet: its own reflex holds, as far as it was armed before.
    case outOfReach
}

/// The safe state: what the rack is left in when nobody decides.
///
/// Purpose: a controller that ends, or that no longer knows its budget, leaves caps whose sum fits the last budget it
/// knew, and fans that cool whatever comes. Every tray gets its safe share as its cap and as what its BMC falls back to;
/// fans get the failsafe duty or what they had, if that is more. Comms watchdogs stay armed: once they expire, the
/// devices hold the same by themselves. A lower cap is written at once; a higher one after all lower ones, as ever.
extension RackController {
    /// Enters the safe state now, between two scan cycles too. Once more does nothing.
    public func holdSafeState(at now: Instant) {
        guard !isSafeStateHeld else { return }
        _ = take(.told, at: now)
        log(.safeStateEntered, at: now)
        belowSince = nil
        levelled = .zero
        band = .hold
        if isCapping { askSafeCaps(mayRaise: true, at: now) }
        holdCooling(at: now)
    }

    /// Decides again from the next scan cycle on; caps rise by their usual slew.
    public func leaveSafeState(at now: Instant) {
        guard isSafeStateHeld else { return }
        _ = take(.released, at: now)
        log(.safeStateLeft, at: now)
    }

    /// `mayRaise` is false for who sees nothing: then a tray keeps what it has if that is less than its share.
    func askSafeCaps(mayRaise: Bool, at now: Instant) {
        updateDefaultCaps(at: now)
        for tray in trays.indices {
            let baseboard = trays[tray].baseboard
            guard baseboard >= 0, devices[baseboard].isOnline, devices[baseboard].points.limitWrite >= 0 else {
                continue
            }
            let before = trays[tray].ledger.asked
            let cap = mayRaise ? trays[tray].defaultCap : min(trays[tray].defaultCap, before)
            if cap != before {
                trays[tray].ledger.ask(cap, at: now)
                log(cap < before ? .capLowered(tray: tray, to: cap) : .capRaised(tray: tray, to: cap), at: now)
            }
            wake(device: baseboard)
        }
        countPendingLowerings()
    }

    public func safeState(device: Int) -> SafeStateProgress {
        let record = devices[device]
        switch record.deviceClass {
        case .baseboardController:
            guard isCapping, record.tray >= 0, record.points.limitWrite >= 0 else { return .notAsked }
            guard record.isOnline else { return .outOfReach }
            let tray = trays[record.tray]
            let fallsBack = record.points.defaultLimitWrite < 0 || tray.confirmedDefaultCap == tray.defaultCap
            return tray.ledger.acknowledged == tray.defaultCap && fallsBack ? .taken : .pending
        case .fanController, .pumpUnit:
            guard record.points.dutyWrite >= 0 else { return .notAsked }
            guard record.isOnline, record.zone >= 0 else { return .outOfReach }
            let zone = zones[record.zone]
            return zone.law.isInFailsafe && zone.confirmedDuty == zone.duty ? .taken : .pending
        default: return .notAsked
        }
    }
}
