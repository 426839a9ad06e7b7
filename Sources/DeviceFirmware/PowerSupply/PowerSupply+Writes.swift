public import RegisterMaps
public import Units

extension PowerSupply {
    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerSupplySignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else {
            return isUnlocked || !Self.isProtected(signal) ? .illegalValue : .protected
        }
        if isUnlocked || !Self.isProtected(signal) { return .accepted }
        guard signal == .settings else { return .protected }
        // While locked, the setting register takes a change of write enable and of nothing else.
        let wanted = PowerSupplySettings(signalValue: value)
        let isSameElsewhere = wanted.subtracting(.writeEnable) == settings.subtracting(.writeEnable)
        return isSameElsewhere ? .accepted : .protected
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = PowerSupplySignal(rawValue: signal.signalNumber) else { return }
        switch signal {
        case .settings:
            let wanted = PowerSupplySettings(signalValue: value)
            if wanted.contains(.clearFaults) { isClearAsked = true }
            if wanted.contains(.powerCycle) { isPowerCycleAsked = true }
            store(signal, value)
        case .unixTime: clock.set(to: value, at: now)
        default: store(signal, value)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = PowerSupplySignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value)
        if signal == .outputSetpoint { outputs.voltageSetpoint = voltageSetpoint }
        return .accepted
    }

    private var isUnlocked: Bool { settings.contains(.writeEnable) }

    private static func isProtected(_ signal: PowerSupplySignal) -> Bool { signal != .unixTime }

    private func isInRange(_ value: Int64, for signal: PowerSupplySignal) -> Bool {
        switch signal {
        case .outputSetpoint: configuration.setpointRange.contains(Voltage(rawValue: value))
        case .fanOverride: value >= 0 && value <= 1000
        case .settings:
            value >= 0 && value <= 0xFFFF
                && PowerSupplySettings(signalValue: value).subtracting(.known).isEmpty
        case .unixTime: ClientClock.holds(value)
        default: false
        }
    }

    private mutating func store(_ signal: PowerSupplySignal, _ value: Int64) {
        switch signal {
        case .outputSetpoint: voltageSetpoint = Voltage(rawValue: value)
        case .fanOverride: fanOverride = PerMille(rawValue: value)
        case .settings: settings = PowerSupplySettings(signalValue: value).subtracting(.actions)
        case .unixTime: clock.preset(to: value)
        default: return
        }
    }
}
