import ControlLaws
import Units

/// A controller that stood still: its process was stopped, or its machine.
///
/// What it knows is as old as that, caps that it asked for may have fallen back since, and a watchdog that its next write fed
/// would vouch for a decision of long ago. So it begins anew: every device is identified, read and armed again before anything is
/// decided, as after a restart, and its breakers are taken to be hot.
extension RackController {
    /// Beyond every hiccup of a busy machine, below the devices' watchdogs. Arbitrary.
    private static let shortestStall = Interval.seconds(1)

    func isStalled(at now: Instant) -> Bool {
        startedAt != nil && now - lastStepAt > max(Self.shortestStall, configuration.period * 5)
    }

    func beginAnew(at now: Instant) {
        log(.stoodStill(for: now - lastStepAt), at: now)
        (startedAt, lastStepAt) = (now, now)
        safety = SafetyMachine()
        brake = EmergencyBrake(pulledTrays: brakes.count { $0 }, at: now)
        bringUp = BringUp(interval: configuration.load.bringUpInterval, from: now)
        (band, belowSince, nextRaiseAt) = (.hold, nil, now)
        (levelled, capSumReached, budgetShortfall) = (.zero, .zero, .zero)
        (bridgedSince, isBridgeRefused, nextBackupPlanAt) = (nil, false, now)
        for channel in channels.indices where channels[channel].isBusy { channels[channel].isForgotten = true }
        for index in feeds.indices { feeds[index].breaker.assumeAtLeast(LoadConfiguration.heatAtTakeOver) }
        for device in devices.indices { forget(device, at: now) }
        for tray in trays.indices {
            trays[tray].ledger = CapLedger(asked: trays[tray].defaultCap)
            (trays[tray].confirmedDefaultCap, trays[tray].highestDefaultCap) = (nil, nil)
            trays[tray].main.wanted = nil
        }
        for zone in zones.indices { zones[zone] = ZoneRecord(zones[zone].definition, device: zones[zone].device) }
        countPendingLowerings()
    }

    private func forget(_ device: Int, at now: Instant) {
        devices[device].cycle = DeviceLifeCycle()
        devices[device].isWorking = false
        for reading in devices[device].readings { readings[reading].takenAt = Instant(rawValue: .min / 2) }
        wake(device: device)
    }
}
