public import RegisterMaps
public import Units

extension FanController {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = FanControllerSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .dutyCommand: settings.dutyCommand.rawValue
        case .dutyApplied: outputs.duty.rawValue
        case .failsafeDuty: settings.failsafeDuty.rawValue
        case .minimumDuty: settings.minimumDuty.rawValue
        case .fanCount: Int64(configuration.fanCount)
        case .fanSpeed: signal.member < 16 ? fanSpeeds[Int(signal.member)].rawValue : 0
        case .stallThreshold: settings.stallThreshold.rawValue
        case .stalledFans: Int64(stalledFans)
        case .latchedStalls: Int64(latchedStalls)
        case .status: status.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .temperature: temperature.rawValue
        case .overTemperatureThreshold: settings.overTemperature.rawValue
        case .watchdogTimeout: settings.watchdogTimeout.milliseconds
        case .watchdogRemaining: command.remaining(at: lifetime.lastStep).milliseconds
        case .power: power.rawValue
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        }
    }

    var status: FanControllerStatus {
        var status = FanControllerStatus()
        status.set(.fanStalled, stalledFans != 0)
        status.set(.commsWatchdog, command.hasExpired)
        status.set(.failsafe, isFailsafe)
        status.set(.overTemperature, overTemperature.isActive)
        status.set(.sensorLost, isSensorLost)
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = FanControllerSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = FanControllerSignal(rawValue: signal.signalNumber) else { return }
        expireWatchdogIfDue(at: now)
        command.feed(at: now)
        switch signal {
        case .latchedStalls: latchedStalls &= ~UInt16(truncatingIfNeeded: value)
        case .latchedFaults: latchedFaults.subtract(FanControllerStatus(signalValue: value))
        case .dutyCommand:
            command.take()
            store(signal, value, at: now)
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = FanControllerSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        if signal == .dutyCommand || signal == .minimumDuty {
            outputs.duty = max(settings.dutyCommand, settings.minimumDuty)
        }
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: FanControllerSignal) -> Bool {
        switch signal {
        case .dutyCommand, .failsafeDuty, .minimumDuty, .stallThreshold: value >= 0 && value <= 1000
        case .overTemperatureThreshold:
            configuration.temperatureSettingRange.contains(Temperature(rawValue: value))
        case .watchdogTimeout: value >= 0 && value <= configuration.longestWatchdog.milliseconds
        case .latchedStalls, .latchedFaults: value >= 0 && value <= 0xFFFF
        default: false
        }
    }

    private mutating func store(_ signal: FanControllerSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .dutyCommand: settings.dutyCommand = PerMille(rawValue: value)
        case .failsafeDuty: settings.failsafeDuty = PerMille(rawValue: value)
        case .minimumDuty: settings.minimumDuty = PerMille(rawValue: value)
        case .stallThreshold: settings.stallThreshold = PerMille(rawValue: value)
        case .overTemperatureThreshold:
            settings.overTemperature = Temperature(rawValue: value)
            overTemperature.move(to: value, hysteresis: configuration.temperatureHysteresis)
        case .watchdogTimeout:
            settings.watchdogTimeout = .milliseconds(value)
            command.setTimeout(settings.watchdogTimeout, at: now)
        default: return
        }
    }
}
