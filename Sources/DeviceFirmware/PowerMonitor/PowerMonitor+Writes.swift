public import RegisterMaps
public import Units

extension PowerMonitor {
    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerMonitorSignal(writable: signal) else { return .protected }
        guard isUnlocked || !configuration.hasLock || !Self.isProtected(signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = PowerMonitorSignal(rawValue: signal.signalNumber) else { return }
        expireWatchdogIfDue(at: now)
        command.feed(at: now)
        status.subtract(.commsWatchdog)
        switch signal {
        case .peakPower: peakProduct = 0
        case .latchedFaults: latchedFaults.subtract(PowerMonitorStatus(signalValue: value))
        case .brakeCommand: isBrakeCommanded = value == 1
        case .writeKey: isUnlocked = value == configuration.writeKey
        case .powerLimit:
            command.take()
            store(signal, value, at: now)
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerMonitorSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        return .accepted
    }

    /// Commands of the moment are open to anybody on the bus; what shapes the safety of the tray is locked.
    private static func isProtected(_ signal: PowerMonitorSignal) -> Bool {
        switch signal {
        case .defaultPowerLimit, .overVoltageThreshold, .underVoltageThreshold, .overCurrentThreshold,
            .overPowerThreshold, .overTemperatureThreshold, .alarmHysteresis, .watchdogTimeout:
            true
        default: false
        }
    }

    private func isInRange(_ value: Int64, for signal: PowerMonitorSignal) -> Bool {
        switch signal {
        case .powerLimit, .defaultPowerLimit, .overPowerThreshold:
            configuration.limitRange.contains(Power(rawValue: value))
        case .overVoltageThreshold, .underVoltageThreshold:
            configuration.voltageRange.contains(Voltage(rawValue: value))
        case .overCurrentThreshold: configuration.currentRange.contains(Current(rawValue: value))
        case .overTemperatureThreshold:
            configuration.temperatureSettingRange.contains(Temperature(rawValue: value))
        case .alarmHysteresis: value >= 0 && value <= configuration.largestHysteresis.rawValue
        case .watchdogTimeout: value >= 0 && value <= configuration.longestWatchdog.milliseconds
        case .brakeCommand: value == 0 || value == 1
        case .latchedFaults, .writeKey: value >= 0 && value <= 0xFFFF
        default: true
        }
    }

    private mutating func store(_ signal: PowerMonitorSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .powerLimit: powerLimit = Power(rawValue: value)
        case .defaultPowerLimit: settings.defaultPowerLimit = Power(rawValue: value)
        case .overVoltageThreshold: settings.overVoltage = Voltage(rawValue: value)
        case .underVoltageThreshold: settings.underVoltage = Voltage(rawValue: value)
        case .overCurrentThreshold: settings.overCurrent = Current(rawValue: value)
        case .overPowerThreshold: settings.overPower = Power(rawValue: value)
        case .overTemperatureThreshold: settings.overTemperature = Temperature(rawValue: value)
        case .alarmHysteresis: settings.hysteresis = PerMille(rawValue: value)
        case .watchdogTimeout:
            settings.watchdogTimeout = .milliseconds(value)
            command.setTimeout(settings.watchdogTimeout, at: now)
        default: return
        }
        alarms.adopt(settings)
        armReflex()
    }
}
