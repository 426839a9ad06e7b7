import ControlLaws
import RegisterMaps
import Units

/// What the supplies can carry.
extension RackController {
    /// Open Rack V3 HPR PSU, register 60: bit 8 PFC converter failure, bit 9 DC-DC converter failure; 61: bit 8 AC not
    /// OK, bit 11 PFC failure; 62: bit 1 over-voltage and bit 3 short-circuit, which stop the output whatever its
    /// voltage sensor says, bit 8 DC-DC failure, bit 10 ORing failure (rackmon's orv3_hpr_psu.json).
    private static let generalFailures: Int64 = 0x0300
    private static let inputFailures: Int64 = 0x0900
    private static let outputFailures: Int64 = 0x050A

    /// Counts the working supplies and sets capacity and budget by them. A supply whose readings are stale counts as
    /// lost; one that was never heard of counts as working until the start-up is over.
    func countSupplies(at now: Instant) {
        var (working, possible) = (0, 0)
        let mayBeUnheard = isStartingUp && !hasSurveyed(at: now)
        for index in feeds.indices { (feeds[index].working, feeds[index].possible) = (0, 0) }
        for device in supplies {
            let isWorking = isWorkingSupply(device, at: now)
            if isWorking != devices[device].isWorking {
                devices[device].isWorking = isWorking
                log(isWorking ? .supplyWorking(device: device) : .supplyLost(device: device), at: now)
            }
            if isWorking || isSilent(device, at: now) {
                possible += 1
                if devices[device].feed >= 0 { feeds[devices[device].feed].possible += 1 }
            }
            let isUnheard = mayBeUnheard && !devices[device].cycle.hasConcluded
            guard isWorking || isUnheard else { continue }
            working += 1
            if devices[device].feed >= 0 { feeds[devices[device].feed].working += 1 }
        }
        workingSupplies = working
        possibleSupplies = possible
        for index in feeds.indices { feeds[index].settle(at: now) }
        weighSources(at: now)
    }

    /// Whether nothing recent is known of it, neither good nor bad.
    private func isSilent(_ device: Int, at now: Instant) -> Bool {
        !devices[device].isOnline || fresh(devices[device].points.outputVoltage, at: now) == nil
    }

    private func isWorkingSupply(_ device: Int, at now: Instant) -> Bool {
        let points = devices[device].points
        guard devices[device].isOnline else { return false }
        // Without an output voltage there is nothing by which to tell a supply that carries load.
        guard let voltage = fresh(points.outputVoltage, at: now),
            supplyLevel.isOn(.millivolts(voltage), was: devices[device].isWorking)
        else { return false }
        return isClear(points.generalAlarms, Self.generalFailures, at: now)
            && isClear(points.inputAlarms, Self.inputFailures, at: now)
            && isClear(points.outputAlarms, Self.outputFailures, at: now)
    }

    private func isClear(_ reading: Int, _ failures: Int64, at now: Instant) -> Bool {
        guard reading >= 0 else { return true }
        guard let alarms = fresh(reading, at: now) else { return false }
        return alarms & failures == 0
    }
}
