public import RegisterMaps
public import Units

extension OpticsController {
    public func value(of identifier: SignalIdentifier) -> Int64 {
        guard let signal = OpticsSignal(rawValue: identifier.signalNumber) else { return 0 }
        let member = Int(identifier.member)
        return switch signal {
        case .presentModules: bits { $0.state != .absent }
        case .readyModules: bits { $0.state == .ready }
        case .faultedModules: bits { $0.state == .fault }
        case .darkModules: bits { $0.state != .absent && $0.received < configuration.darkBelow }
        case .hotModules: Int64(hotModules)
        case .lowPowerRequest: Int64(lowPowerRequest)
        case .resetCommand: 0
        case .moduleCount: Int64(configuration.moduleCount)
        case .power: totalPower
        case .temperature: hottest
        case .temperatureAlarm: temperatureAlarm.rawValue
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        default: member < fitted ? value(of: signal, in: readings[member]) : 0
        }
    }

    private func value(of signal: OpticsSignal, in reading: OpticsReading) -> Int64 {
        switch signal {
        case .moduleState: Int64(reading.state.rawValue)
        case .moduleTemperature: reading.temperature.rawValue
        case .moduleSupply: reading.supply
        case .moduleBias: reading.bias
        case .modulePowerSent: reading.sent
        case .modulePowerReceived: reading.received
        case .modulePower: reading.power.rawValue
        case .moduleMaximumPower: reading.state == .absent ? 0 : configuration.module.maximumPower.rawValue
        case .modulePowerClass: reading.state == .absent ? 0 : Int64(configuration.module.powerClass)
        case .moduleAge: (lifetime.lastStep - reading.takenAt).milliseconds
        default: 0
        }
    }

    private func bits(_ isSet: (OpticsReading) -> Bool) -> Int64 {
        var bits: Int64 = 0
        for index in 0..<fitted where isSet(readings[index]) { bits |= 1 << Int64(index) }
        return bits
    }

    private var totalPower: Int64 {
        var sum: Int64 = 0
        for index in 0..<fitted { sum += readings[index].power.rawValue }
        return sum
    }

    private var hottest: Int64 {
        var hottest: Int64 = 0
        for index in 0..<fitted { hottest = max(hottest, readings[index].temperature.rawValue) }
        return hottest
    }

    public func verdict(onWriting identifier: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = OpticsSignal(writable: identifier) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ identifier: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = OpticsSignal(writable: identifier) else { return }
        store(signal, value)
    }

    @discardableResult
    public mutating func preset(_ identifier: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = OpticsSignal(writable: identifier) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value)
        return .accepted
    }

    /// A request for a module that is not fitted is no request.
    private func isInRange(_ value: Int64, for signal: OpticsSignal) -> Bool {
        switch signal {
        case .temperatureAlarm: configuration.alarmRange.contains(Temperature(rawValue: value))
        case .lowPowerRequest, .resetCommand: value >= 0 && value >> Int64(fitted) == 0
        default: value >= 0 && value <= 0xFFFF
        }
    }

    private mutating func store(_ signal: OpticsSignal, _ value: Int64) {
        let bits = UInt16(truncatingIfNeeded: value)
        switch signal {
        case .lowPowerRequest: lowPowerRequest = bits
        case .resetCommand: resets |= bits
        case .hotModules: hotModules &= ~bits
        case .temperatureAlarm:
            temperatureAlarm = Temperature(rawValue: value)
            for index in 0..<fitted { heat[index].move(to: value, hysteresis: configuration.hysteresis) }
        default: return
        }
    }
}
