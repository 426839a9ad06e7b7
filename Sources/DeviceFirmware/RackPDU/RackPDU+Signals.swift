public import RegisterMaps
public import Units

extension RackPDU {
    public func value(of identifier: SignalIdentifier) -> Int64 {
        guard let signal = RackPDUSignal(rawValue: identifier.signalNumber) else { return 0 }
        let member = Int(identifier.member)
        return switch signal {
        case .inletVoltage: image.inletVoltage.rawValue
        case .inletCurrent: image.inletCurrent.rawValue
        case .inletPower: image.inletPower.rawValue
        case .inletEnergy: energy
        case .breakerClosed: image.isBreakerClosed ? 1 : 0
        case .outletCount: Int64(configuration.outletCount)
        case .sequenceDelay: sequenceDelay.milliseconds
        case .overloadThreshold: overload.threshold
        case .alarmHysteresis: hysteresis.rawValue
        case .status: statusNow.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        default: member < fitted ? value(of: signal, outlet: member) : 0
        }
    }

    private func value(of signal: RackPDUSignal, outlet: Int) -> Int64 {
        switch signal {
        case .outletPower: image.outletPowers[outlet].rawValue
        case .outletCurrent: image.outletCurrents[outlet].rawValue
        case .outletState: Int64(closed >> UInt16(outlet) & 1)
        case .outletCommand: Int64(wanted >> UInt16(outlet) & 1)
        default: 0
        }
    }

    private var statusNow: RackPDUStatus {
        var status = status
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }

    public func verdict(onWriting identifier: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = RackPDUSignal(writable: identifier) else { return .protected }
        return isInRange(value, for: signal, member: Int(identifier.member)) ? .accepted : .illegalValue
    }

    public mutating func write(_ identifier: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = RackPDUSignal(writable: identifier) else { return }
        store(signal, member: Int(identifier.member), value)
    }

    @discardableResult
    public mutating func preset(_ identifier: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = RackPDUSignal(writable: identifier) else { return .protected }
        guard isInRange(value, for: signal, member: Int(identifier.member)) else { return .illegalValue }
        store(signal, member: Int(identifier.member), value)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: RackPDUSignal, member: Int) -> Bool {
        switch signal {
        case .outletCommand: member < fitted && (value == 0 || value == 1)
        case .sequenceDelay: value >= 0 && value <= configuration.longestDelay.milliseconds
        case .overloadThreshold: configuration.currentRange.contains(Current(rawValue: value))
        case .alarmHysteresis: value >= 0 && value <= configuration.largestHysteresis.rawValue
        default: value >= 0 && value <= 0xFFFF
        }
    }

    private mutating func store(_ signal: RackPDUSignal, member: Int, _ value: Int64) {
        switch signal {
        case .outletCommand:
            let bit: UInt16 = 1 << UInt16(member)
            wanted = value == 1 ? wanted | bit : wanted & ~bit
        case .sequenceDelay: sequenceDelay = .milliseconds(value)
        case .overloadThreshold: overload.move(to: value, hysteresis: hysteresis)
        case .alarmHysteresis:
            hysteresis = PerMille(rawValue: value)
            overload.move(to: overload.threshold, hysteresis: hysteresis)
        case .latchedFaults: latchedFaults.subtract(RackPDUStatus(signalValue: value))
        default: return
        }
    }
}
