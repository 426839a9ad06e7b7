public import RegisterMaps
public import Units

extension Baseboard {
    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = BaseboardSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = BaseboardSignal(rawValue: signal.signalNumber) else { return }
        expireWatchdogIfDue(at: now)
        command.feed(at: now)
        switch signal {
        case .latchedFaults: latchedFaults.subtract(BaseboardStatus(signalValue: value))
        case .powerState:
            isPowerOn = value == 1
            hasExceptionOff = false
            enforcement = LimitEnforcement()
        case .powerLimit:
            command.take()
            store(signal, value, at: now)
        case .samplingPeriod:
            store(signal, value, at: now)
            statistics.clear()
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = BaseboardSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        if signal == .powerState {
            isPowerOn = value == 1
            outputs.isPowerOn = isPowerOn
        }
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: BaseboardSignal) -> Bool {
        switch signal {
        case .powerLimit, .defaultLimit:
            value >= configuration.limitFloor.rawValue && value <= configuration.limitCeiling.rawValue
        case .limitActive, .powerState: value == 0 || value == 1
        case .exceptionAction: BaseboardExceptionAction(rawValue: value) != nil
        case .correctionTime, .watchdogTimeout: value >= 0 && value <= configuration.longestTime.milliseconds
        case .samplingPeriod: value >= 1 && value <= configuration.longestTime.milliseconds
        case .latchedFaults: value >= 0 && value <= 0xFFFF
        default: false
        }
    }

    private mutating func store(_ signal: BaseboardSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .powerLimit: settings.powerLimit = Power(rawValue: value)
        case .defaultLimit: settings.defaultLimit = Power(rawValue: value)
        case .limitActive: settings.isLimitActive = value == 1
        case .correctionTime: settings.correctionTime = .milliseconds(value)
        case .samplingPeriod: settings.samplingPeriod = .milliseconds(value)
        case .exceptionAction:
            settings.exceptionAction = BaseboardExceptionAction(rawValue: value) ?? settings.exceptionAction
        case .watchdogTimeout:
            settings.watchdogTimeout = .milliseconds(value)
            command.setTimeout(settings.watchdogTimeout, at: now)
        default: return
        }
    }
}
