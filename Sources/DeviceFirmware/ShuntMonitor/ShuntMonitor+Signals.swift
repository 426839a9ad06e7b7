public import RegisterMaps
public import Units

extension ShuntMonitor {
    public func value(of identifier: SignalIdentifier) -> Int64 {
        guard let signal = ShuntMonitorSignal(rawValue: identifier.signalNumber) else { return 0 }
        let member = Int(identifier.member)
        return switch signal {
        case .currentSum: currentSum
        case .accumulationCount: latchedCount
        case .latchCommand: 0
        case .criticalChannels: Int64(criticalChannels)
        case .warningChannels: Int64(warningChannels)
        case .latchedAlerts: Int64(latchedAlerts)
        case .channelCount: Int64(configuration.channelCount)
        case .updateTime: configuration.updateTime.milliseconds
        case .status: statusNow.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        default: member < fitted ? value(of: signal, channel: member) : 0
        }
    }

    private func value(of signal: ShuntMonitorSignal, channel: Int) -> Int64 {
        switch signal {
        case .channelVoltage: channels[channel].voltage.reading
        case .channelCurrent: channels[channel].current.reading
        case .channelPower: channels[channel].power.rawValue
        case .channelEnergy: channels[channel].latchedEnergy.rawValue
        case .criticalThreshold: channels[channel].critical.threshold
        case .warningThreshold: channels[channel].warning.threshold
        default: 0
        }
    }

    private var statusNow: ShuntMonitorStatus {
        var status = status
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }

    public func verdict(onWriting identifier: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = ShuntMonitorSignal(writable: identifier) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ identifier: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = ShuntMonitorSignal(rawValue: identifier.signalNumber) else { return }
        switch signal {
        case .latchCommand: if value == 1 { latchAccumulators() }
        case .latchedAlerts: latchedAlerts &= ~UInt16(truncatingIfNeeded: value)
        case .latchedFaults: latchedFaults.subtract(ShuntMonitorStatus(signalValue: value))
        default: store(signal, member: Int(identifier.member), value)
        }
    }

    @discardableResult
    public mutating func preset(_ identifier: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = ShuntMonitorSignal(writable: identifier) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, member: Int(identifier.member), value)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: ShuntMonitorSignal) -> Bool {
        switch signal {
        case .criticalThreshold, .warningThreshold: configuration.currentRange.contains(Current(rawValue: value))
        case .latchCommand: value == 0 || value == 1
        default: value >= 0 && value <= 0xFFFF
        }
    }

    private mutating func store(_ signal: ShuntMonitorSignal, member: Int, _ value: Int64) {
        guard member < fitted else { return }
        switch signal {
        case .criticalThreshold: channels[member].setCritical(value, hysteresis: configuration.hysteresis)
        case .warningThreshold: channels[member].setWarning(value, hysteresis: configuration.hysteresis)
        default: return
        }
    }
}
