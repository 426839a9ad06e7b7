import DeviceSpecs
import ModbusWire
import RegisterMaps
import Units

/// Finding, arming and losing devices.
extension RackController {
    func identify(_ device: Int, _ registers: borrowing RegisterBlock, at now: Instant) {
        guard isExpected(registers, devices[device].identity) else {
            tryNextCandidate(device, at: now)
            return
        }
        log(.identified(device: device), at: now)
        devices[device].candidatesTried = 0
        devices[device].isUnnamed = false
        if devices[device].candidate != devices[device].variant { adoptCandidate(of: device, at: now) }
        devices[device].cycle.identified()
        devices[device].uptime = -1
        devices[device].hasWatchdog = false
        devices[device].isActivated = false
        forgetSetPoints(of: device)
        let isOnline = devices[device].cycle.settle(spans: spanCount(device), settings: settingCount(device))
        settle(device, isOnline: isOnline, at: now)
    }

    /// What answers is not the type that was asked for. It may be another that is qualified; when all of them were asked
    /// for, a stranger stands there.
    func tryNextCandidate(_ device: Int, at now: Instant) {
        let known = devices[device].variants
        let next = devices[device].candidate + 1
        devices[device].candidate = next < known.upperBound ? next : known.lowerBound
        devices[device].identity = variants[devices[device].candidate].identity
        devices[device].candidatesTried += 1
        if devices[device].candidatesTried < known.count {
            devices[device].cycle.answered()
            return
        }
        devices[device].candidatesTried = 0
        findWrong(device, at: now)
    }

    /// Another type stands there than before: it is read and armed through its own map from here on.
    private func adoptCandidate(of device: Int, at now: Instant) {
        let number = devices[device].candidate
        devices[device].adopt(variants[number], number: number)
        for reading in devices[device].readings { readings[reading].takenAt = Instant(rawValue: .min / 2) }
        fitPolling(of: devices[device].channel)
        setReadingAges()
        log(.sourceChanged(device: device, model: variants[number].model), at: now)
    }

    private func findWrong(_ device: Int, at now: Instant) {
        if devices[device].cycle.phase != .misidentified {
            log(.misidentified(device: device), at: now)
            devices[device].isUnnamed = true
        }
        devices[device].cycle.foundWrong(at: now, pause: configuration.reprobe)
        for reading in devices[device].readings { readings[reading].takenAt = Instant(rawValue: .min / 2) }
        let tray = devices[device].tray
        guard tray >= 0, devices[device].deviceClass == .baseboardController else { return }
        // Whatever stands there now, nothing is known of the limits that it enforces.
        trays[tray].ledger.contradict(readBack: trays[tray].policy.ceiling)
        trays[tray].confirmedDefaultCap = nil
        trays[tray].highestDefaultCap = nil
    }

    func advance(_ device: Int, at now: Instant) {
        let isOnline = devices[device].cycle.advance(spans: spanCount(device), settings: settingCount(device))
        settle(device, isOnline: isOnline, at: now)
    }

    private func spanCount(_ device: Int) -> Int { devices[device].spans.count }
    private func settingCount(_ device: Int) -> Int { devices[device].settings.count }

    private func settle(_ device: Int, isOnline: Bool, at now: Instant) {
        guard isOnline else { return }
        devices[device].onlineAt = now
        for span in devices[device].spans {
            spans[span].due = aligned(now + spans[span].interval, span: span, after: now)
        }
        let uptime = devices[device].points.uptime
        if let value = fresh(uptime, at: now) { devices[device].uptime = value }
        log(.online(device: device), at: now)
        countPendingLowerings()
    }

    /// A device whose uptime went backwards, or that lost what it was armed with, restarted since the last look: it is
    /// taken through its whole life cycle again.
    func noteUptime(of device: Int, at now: Instant) {
        let points = devices[device].points
        var hasRestarted = false
        if let uptime = read(points.uptime, of: device, at: now) {
            hasRestarted = uptime < devices[device].uptime
            devices[device].uptime = uptime
        }
        if !devices[device].settings.isEmpty, lostArming(device, at: now) { hasRestarted = true }
        guard hasRestarted else { return }
        log(.restarted(device: device), at: now)
        devices[device].cycle.restarted(at: now)
        let tray = devices[device].tray
        if tray >= 0, devices[device].deviceClass == .baseboardController {
            // A BMC begins with its default cap, or with none.
            trays[tray].ledger.doubt()
            trays[tray].main.wanted = nil
            trays[tray].ledger.issued(trays[tray].highestDefaultCap ?? trays[tray].policy.ceiling)
            trays[tray].confirmedDefaultCap = nil
            trays[tray].highestDefaultCap = nil
        }
        countPendingLowerings()
    }

    /// Its comms watchdog is off, or its limit inactive, although both were set.
    private func lostArming(_ device: Int, at now: Instant) -> Bool {
        let points = devices[device].points
        // Nothing was armed that could be lost.
        if configuration.isDryRun { return false }
        if devices[device].hasWatchdog, let timeout = read(points.watchdogTimeout, of: device, at: now), timeout == 0 {
            return true
        }
        if devices[device].isActivated, let active = read(points.limitActive, of: device, at: now), active == 0 {
            return true
        }
        return false
    }

    /// A reading taken since the device came online; what the survey read before the arming does not count.
    func read(_ reading: Int, of device: Int, at now: Instant) -> Int64? {
        guard reading >= 0, readings[reading].takenAt >= devices[device].onlineAt else { return nil }
        return fresh(reading, at: now)
    }

    /// The octets of a text up to its end.
    static func text(_ registers: borrowing RegisterBlock) -> ShortText {
        var text = ShortText()
        for index in 0..<min(registers.count * 2, ShortText.capacity) {
            let word = registers[index / 2]
            let octet = UInt8(truncatingIfNeeded: index % 2 == 0 ? word >> 8 : word)
            if octet == 0 { break }
            text.append(octet)
        }
        return text
    }

    private func isExpected(_ registers: borrowing RegisterBlock, _ identity: IdentityCheck) -> Bool {
        let octetCount = registers.count * 2
        guard octetCount >= identity.expected.count else { return false }
        for index in 0..<octetCount {
            let word = registers[index / 2]
            let octet = UInt8(truncatingIfNeeded: index % 2 == 0 ? word >> 8 : word)
            if index < identity.expected.count {
                guard octet == identityOctets[identity.expected.lowerBound + index] else { return false }
            } else if octet != 0 && octet != 0x20 {
                return false
            } else if octet == 0 {
                break
            }
        }
        return true
    }

    /// Counts what still has to come down; when nothing has, the raises may go.
    func countPendingLowerings() {
        let before = pendingLowerings
        var count = 0
        for index in trays.indices {
            let baseboard = trays[index].baseboard
            guard baseboard >= 0, devices[baseboard].isOnline else { continue }
            if trays[index].ledger.needsWrite, trays[index].ledger.isLowering { count += 1 }
        }
        pendingLowerings = count
        if before > 0, count == 0 {
            for slot in slotIdleUntil.indices { slotIdleUntil[slot] = .start }
            for channel in channels.indices { channels[channel].idleUntil = .start }
        }
    }
}
