import ModbusWire
import RegisterMaps
import Units

/// Making requests of purposes.
extension RackController {
    func issue(_ purpose: TransactionPurpose, to device: Int, at now: Instant) -> BusTransaction {
        devices[device].servedAt = now
        counters.transactions += 1
        let tray = devices[device].tray
        let request: BusRequest
        switch purpose {
        case .identify:
            counters.identifications += 1
            request = identityRequest(of: device)
        case .introduce:
            devices[device].isUnnamed = false
            request = .readIdentification(object: Self.productCode)
        case .survey(let span), .poll(let span):
            schedule(span, after: now)
            request = .readRegisters(table: spans[span].table, address: spans[span].address, count: spans[span].count)
        case .arm(let step):
            let setting = settings[step]
            if case .cap = setting.value, isStartingUp { keepEnforcedCap(of: device, at: now) }
            let value = armingValue(setting.value, of: device)
            if case .cap = setting.value { trays[tray].ledger.issued(Power.milliwatts(value)) }
            if case .defaultCap = setting.value { noteDefaultCapIssued(.milliwatts(value), tray: tray) }
            request = write(value, to: setting.point, roundingDown: setting.value.isCap)
        case .cap(let power):
            if trays[tray].ledger.needsWrite, trays[tray].ledger.isLowering { counters.lowerCapsSent += 1 }
            trays[tray].ledger.issued(power)
            request = write(power.rawValue, to: devices[device].points.limitWrite, roundingDown: true)
        case .defaultCap(let power):
            noteDefaultCapIssued(power, tray: tray)
            request = write(power.rawValue, to: devices[device].points.defaultLimitWrite, roundingDown: true)
        case .guardLimit:
            let limit = armingValue(.guardLimit, of: device)
            request = write(limit, to: devices[device].points.limitWrite, roundingDown: false)
        case .mainPower(let isOn):
            request = write(isOn ? 1 : 0, to: devices[device].points.powerStateWrite, roundingDown: false)
        case .duty(let duty):
            request = write(duty.rawValue, to: devices[device].points.dutyWrite, roundingDown: false)
        case .branches(let shut):
            request = write(Int64(shut), to: devices[device].points.branchWrite, roundingDown: false)
        case .backup(let setPoint, let value):
            request = write(value, to: backupSetPoints[setPoint].point, roundingDown: true)
        }
        return BusTransaction(
            bus: devices[device].bus, device: device, unit: devices[device].unit, request: request,
            timeout: configuration.timeout, purpose: purpose, issuedAt: now)
    }

    private func noteDefaultCapIssued(_ power: Power, tray: Int) {
        if let highest = trays[tray].highestDefaultCap { trays[tray].highestDefaultCap = max(highest, power) }
    }

    /// Product code of the basic device identification (Modbus application protocol V1.1b3, section 6.21).
    private static let productCode: UInt8 = 1

    private func identityRequest(of device: Int) -> BusRequest {
        let identity = devices[device].identity
        return identity.isInRegisters
            ? .readRegisters(table: identity.table, address: identity.address, count: identity.count)
            : .readIdentification(object: Self.productCode)
    }

    /// The next poll keeps its phase; one that is late already goes again as soon as the others had their turn.
    private func schedule(_ span: Int, after now: Instant) {
        let next = spans[span].due == .never ? now + spans[span].interval : spans[span].due + spans[span].interval
        spans[span].due = aligned(next > now ? next : now, span: span, after: now)
    }

    /// The release of the scan cycle in which `due` lies, but not one that has passed.
    func aligned(_ due: Instant, span: Int, after now: Instant) -> Instant {
        let period = configuration.period.rawValue
        guard configuration.alignsPolls, spans[span].interval.rawValue % period == 0 else { return due }
        let distance = (due - nextDeadline).rawValue
        let cycles = distance >= 0 ? distance / period : (distance - period + 1) / period
        let release = nextDeadline + configuration.period * cycles
        return release > now ? release : release + configuration.period
    }

    /// Who begins in the middle knows neither supplies nor feeds yet, and its shares of the whole budget may be more than what
    /// is left carries: until it decides, a tray is given no more than what its BMC enforces already.
    private func keepEnforcedCap(of device: Int, at now: Instant) {
        let (tray, points) = (devices[device].tray, devices[device].points)
        guard tray >= 0, fresh(points.limitActive, at: now) != 0, let applied = fresh(points.appliedLimit, at: now)
        else { return }
        let enforced = max(trays[tray].policy.floor, .milliwatts(applied))
        if enforced < trays[tray].ledger.asked { trays[tray].ledger.ask(enforced, at: now) }
    }

    func armingValue(_ value: ArmingSetting.Value, of device: Int) -> Int64 {
        let tray = devices[device].tray
        let share = configuration.timing.guardShare
        switch value {
        case .constant(let constant), .watchdog(let constant): return constant
        case .activation: return 1
        case .cap: return trays[tray].ledger.asked.rawValue
        case .defaultCap: return trays[tray].defaultCap.rawValue
        case .guardLimit: return trays[tray].guardLimit(share: share).rawValue
        case .guardDefaultLimit: return trays[tray].defaultCap.scaled(by: share).rawValue
        case .duty:
            let zone = devices[device].zone
            return (zone < 0 ? configuration.failsafeDuty : zones[zone].duty).rawValue
        }
    }

    private func write(_ signal: Int64, to point: Int, roundingDown: Bool) -> BusRequest {
        let definition = writablePoints[point]
        let raw = definition.writtenRaw(forSignal: signal, roundingDown: roundingDown)
        if definition.table == .coils { return .writeCoil(address: definition.address, isOn: raw != 0) }
        return .writeRegisters(address: definition.address, words: RegisterWords(ofRaw: raw, for: definition))
    }

    /// What a point holds after a cap was written to it.
    func held(_ power: Power, by point: Int) -> Power {
        let definition = writablePoints[point]
        let raw = definition.writtenRaw(forSignal: power.rawValue, roundingDown: true)
        return Power(rawValue: definition.scale.signal(fromRaw: raw))
    }
}

extension ArmingSetting.Value {
    var isCap: Bool {
        switch self {
        case .cap, .defaultCap: true
        case .constant, .watchdog, .activation, .guardLimit, .guardDefaultLimit, .duty: false
        }
    }
}
