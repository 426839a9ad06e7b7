public import RegisterMaps
public import Units

extension BackupUnit {
    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = BackupUnitSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = BackupUnitSignal(rawValue: signal.signalNumber) else { return }
        _ = command.expires(at: now)
        command.feed(at: now)
        switch signal {
        case .latchedAlarms: latched.subtract(BackupUnitAlarms(signalValue: value))
        case .faultClear: if value != 0 { isFaultHeld = false }
        case .command:
            command.take()
            store(signal, value, at: now)
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = BackupUnitSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: BackupUnitSignal) -> Bool {
        switch signal {
        case .command: BackupUnitCommand(rawValue: value) != nil
        case .smoothingFloor, .smoothingCeiling: value >= 0 && value <= configuration.greatestSetpoint.rawValue
        case .rampUp, .rampDown: value > 0 && value <= configuration.greatestSetpoint.rawValue
        case .chargeLimit: value >= 0 && value <= configuration.chargePower.rawValue
        case .chargeCurrentLimit: value >= 0 && power(ofCurrent: value) <= configuration.chargePower
        case .reserve: value >= 0 && value <= 1000
        case .maximumDischargeTime: configuration.dischargeTimeRange.contains(.seconds(min(value, 1_000_000)))
        case .watchdogTimeout: value >= 0 && value <= configuration.longestWatchdog.milliseconds
        case .latchedAlarms, .faultClear: value >= 0 && value <= 0xFFFF
        default: false
        }
    }

    private mutating func store(_ signal: BackupUnitSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .command: settings.command = BackupUnitCommand(rawValue: value) ?? .standby
        case .smoothingFloor: settings.floor = Power(rawValue: value)
        case .smoothingCeiling: settings.ceiling = Power(rawValue: value)
        case .rampUp: settings.rampUp = Power(rawValue: value)
        case .rampDown: settings.rampDown = Power(rawValue: value)
        case .chargeLimit: settings.chargeLimit = Power(rawValue: value)
        case .chargeCurrentLimit: settings.chargeLimit = power(ofCurrent: value)
        case .reserve: settings.reserve = PerMille(rawValue: value)
        case .maximumDischargeTime: settings.maximumDischargeTime = .seconds(value)
        case .watchdogTimeout:
            settings.watchdogTimeout = .milliseconds(value)
            command.setTimeout(settings.watchdogTimeout, at: now)
        default: return
        }
    }
}
