public import RegisterMaps
public import Units

extension PowerTether {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = PowerTetherSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .inputPower: measured.inputPower.rawValue
        case .inputCurrent: measured.inputCurrent.reading
        case .inputVoltage: measured.inputVoltage.reading
        case .outputVoltage: measured.outputVoltage.reading
        case .busVoltage: measured.busVoltage.reading
        case .outputCurrent: measured.outputCurrent.reading
        case .shareCurrent: measured.shareCurrent.reading
        case .outputPower: measured.outputPower.rawValue
        case .fanSpeed: signal.member < 2 ? measured.fanSpeeds[Int(signal.member)].rawValue : 0
        case .inletTemperature: measured.inlet.rawValue
        case .outletTemperature: measured.outlet.rawValue
        case .maximumTemperature: measured.hottest.rawValue
        case .minimumTemperature: measured.coldest.rawValue
        case .generalAlarms: generalAlarms.signalValue
        case .inputAlarms: protection.input.signalValue
        case .outputAlarms: protection.output.signalValue
        case .temperatureAlarms: protection.temperature.signalValue
        case .communicationAlarms: PowerTetherCommunicationAlarms.modbusActive.signalValue
        case .settings: settings.signalValue
        default: count(named)
        }
    }

    private func count(_ signal: PowerTetherSignal) -> Int64 {
        switch signal {
        case .uptime: (operatedBefore + lifetime.uptime).seconds
        case .timeSinceOn: stage.onSince.map { (lifetime.lastStep - $0).seconds } ?? 0
        case .powerCycleCount: powerCycleCount
        case .faultCount: protection.faultCount
        case .unixTime: clock.seconds(at: lifetime.lastStep)
        case .position: Int64(configuration.position)
        case .crcErrorCount: badFrameCount
        default: 0
        }
    }

    private var generalAlarms: PowerTetherGeneralAlarms {
        var alarms = PowerTetherGeneralAlarms()
        let temperatures = protection.temperature
        alarms.set(.remoteSenseLost, protection.isRemoteSenseLost)
        alarms.set(.converter, !protection.output.isEmpty)
        alarms.set(.temperature, !temperatures.isEmpty)
        alarms.set(.inputCurrentSenseFailed, protection.hasInputSenseFailed)
        alarms.set(.converterFailed, protection.output.contains(.stageFailed))
        alarms.set(.temperatureAlarm, !temperatures.subtracting(.fanFailure).isEmpty)
        alarms.set(.fanAlarm, temperatures.contains(.fanFailure))
        return alarms
    }

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerTetherSignal(writable: signal) else { return .protected }
        let isUnlocked = settings.contains(.writeEnable) || signal == .unixTime
        guard isInRange(value, for: signal) else { return isUnlocked ? .illegalValue : .protected }
        if isUnlocked { return .accepted }
        // While locked, the setting register takes a change of write enable and of nothing else.
        let wanted = PowerTetherSettings(signalValue: value)
        return wanted.subtracting(.writeEnable) == settings.subtracting(.writeEnable) ? .accepted : .protected
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = PowerTetherSignal(writable: signal) else { return }
        if signal == .settings, PowerTetherSettings(signalValue: value).contains(.clearFaults) { isClearAsked = true }
        if signal == .unixTime {
            clock.set(to: value, at: now)
        } else {
            store(signal, value)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerTetherSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: PowerTetherSignal) -> Bool {
        switch signal {
        case .settings:
            value >= 0 && value <= 0xFFFF
                && PowerTetherSettings(signalValue: value).subtracting(.known).isEmpty
        case .unixTime: ClientClock.holds(value)
        default: false
        }
    }

    private mutating func store(_ signal: PowerTetherSignal, _ value: Int64) {
        switch signal {
        case .settings: settings = PowerTetherSettings(signalValue: value).subtracting(.clearFaults)
        case .unixTime: clock.preset(to: value)
        default: return
        }
    }
}
