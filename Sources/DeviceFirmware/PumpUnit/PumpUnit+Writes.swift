public import RegisterMaps
public import Units

extension PumpUnit {
    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = PumpUnitSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = PumpUnitSignal(rawValue: signal.signalNumber) else { return }
        expireWatchdogIfDue(at: now)
        command.feed(at: now)
        switch signal {
        case .latchedLeaks: latchedLeaks.subtract(PumpUnitLeaks(signalValue: value))
        case .latchedFaults: latchedFaults.subtract(PumpUnitStatus(signalValue: value))
        case .lockedPumps: reset(pumps: UInt16(truncatingIfNeeded: value))
        case .control: take(PumpUnitControl(signalValue: value))
        case .dutyCommand:
            command.take()
            store(signal, value, at: now)
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = PumpUnitSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        if signal == .dutyCommand || signal == .minimumDuty {
            outputs.duty = max(settings.dutyCommand, settings.minimumDuty)
        }
        return .accepted
    }

    private mutating func take(_ wanted: PumpUnitControl) {
        if wanted.contains(.clearLog) {
            latchedLeaks = PumpUnitLeaks()
            latchedFaults = PumpUnitStatus()
        }
        reset(pumps: wanted.pumpsToReset)
        control = wanted.subtracting(.momentary)
    }

    /// A pump that is reset runs up again, and is locked out again if it does not.
    public mutating func reset(pumps: UInt16) {
        lockedPumps &= ~pumps
        for pump in 0..<4 where pumps & 1 << UInt16(pump) != 0 { stalls[pump] = StallDetector() }
    }

    private func isInRange(_ value: Int64, for signal: PumpUnitSignal) -> Bool {
        switch signal {
        case .dutyCommand, .failsafeDuty, .minimumDuty, .stallThreshold, .lowLevel, .dryLevel:
            value >= 0 && value <= 1000
        case .supplySetpoint, .supplyThreshold:
            configuration.temperatureSettingRange.contains(Temperature(rawValue: value))
        case .watchdogTimeout: value >= 0 && value <= configuration.longestWatchdog.milliseconds
        case .shutBranches: value >= 0 && value <= 0xFFFF_FFFF
        case .latchedLeaks, .latchedFaults, .lockedPumps, .control: value >= 0 && value <= 0xFFFF
        default: false
        }
    }

    private mutating func store(_ signal: PumpUnitSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .dutyCommand: settings.dutyCommand = PerMille(rawValue: value)
        case .failsafeDuty: settings.failsafeDuty = PerMille(rawValue: value)
        case .minimumDuty: settings.minimumDuty = PerMille(rawValue: value)
        case .stallThreshold: settings.stallThreshold = PerMille(rawValue: value)
        case .lowLevel:
            settings.lowLevel = PerMille(rawValue: value)
            lowLevel.move(to: value, hysteresis: configuration.hysteresis)
        case .dryLevel: settings.dryLevel = PerMille(rawValue: value)
        case .supplySetpoint: settings.supplySetpoint = Temperature(rawValue: value)
        case .supplyThreshold:
            settings.supplyThreshold = Temperature(rawValue: value)
            warmSupply.move(to: value, hysteresis: configuration.hysteresis)
        case .shutBranches: settings.shutBranches = UInt32(truncatingIfNeeded: value)
        case .control: control = PumpUnitControl(signalValue: value).subtracting(.momentary)
        case .watchdogTimeout:
            settings.watchdogTimeout = .milliseconds(value)
            command.setTimeout(settings.watchdogTimeout, at: now)
        default: return
        }
    }
}
