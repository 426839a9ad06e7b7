public import RegisterMaps
public import Units

extension BusbarMeter {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let signal = BusbarMeterSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch signal {
        case .voltage: voltage.reading
        case .current: current.reading
        case .power: power.rawValue
        case .energy: reckoning.energy.rawValue
        case .demand: demand.rawValue
        case .peakDemand: peakDemand.rawValue
        case .peakPower: peakPower.rawValue
        case .lowestVoltage: voltages.lowest
        case .highestVoltage: voltages.highest
        case .demandPeriod: settings.demandPeriod
        case .overPowerThreshold: settings.overPower.rawValue
        case .underVoltageThreshold: settings.underVoltage.rawValue
        case .overVoltageThreshold: settings.overVoltage.rawValue
        case .alarmHysteresis: settings.hysteresis.rawValue
        case .status: statusNow.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        }
    }

    private var statusNow: BusbarMeterStatus {
        var status = status
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }

    public func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        guard let signal = BusbarMeterSignal(writable: signal) else { return .protected }
        return isInRange(value, for: signal) ? .accepted : .illegalValue
    }

    public mutating func write(_ signal: SignalIdentifier, value: Int64, at now: Instant) {
        guard let signal = BusbarMeterSignal(rawValue: signal.signalNumber) else { return }
        switch signal {
        case .peakDemand: peakDemand = .zero
        case .peakPower: peakPower = .zero
        case .lowestVoltage, .highestVoltage: voltages = Extremes()
        case .latchedFaults: latchedFaults.subtract(BusbarMeterStatus(signalValue: value))
        default: store(signal, value, at: now)
        }
    }

    @discardableResult
    public mutating func preset(_ signal: SignalIdentifier, to value: Int64) -> SignalWriteVerdict {
        guard let signal = BusbarMeterSignal(writable: signal) else { return .protected }
        guard isInRange(value, for: signal) else { return .illegalValue }
        store(signal, value, at: lifetime.startedAt)
        return .accepted
    }

    private func isInRange(_ value: Int64, for signal: BusbarMeterSignal) -> Bool {
        switch signal {
        case .demandPeriod: configuration.demandPeriodRange.contains(value)
        case .overPowerThreshold: configuration.powerRange.contains(Power(rawValue: value))
        case .underVoltageThreshold, .overVoltageThreshold:
            configuration.voltageRange.contains(Voltage(rawValue: value))
        case .alarmHysteresis: value >= 0 && value <= configuration.largestHysteresis.rawValue
        case .latchedFaults: value >= 0 && value <= 0xFFFF
        default: true
        }
    }

    private mutating func store(_ signal: BusbarMeterSignal, _ value: Int64, at now: Instant) {
        switch signal {
        case .demandPeriod:
            settings.demandPeriod = value
            beginDemand(at: now)
        case .overPowerThreshold: settings.overPower = Power(rawValue: value)
        case .underVoltageThreshold: settings.underVoltage = Voltage(rawValue: value)
        case .overVoltageThreshold: settings.overVoltage = Voltage(rawValue: value)
        case .alarmHysteresis: settings.hysteresis = PerMille(rawValue: value)
        default: return
        }
        let share = settings.hysteresis
        overPower.move(to: settings.overPower.rawValue, hysteresis: share)
        underVoltage.move(to: settings.underVoltage.rawValue, hysteresis: share)
        overVoltage.move(to: settings.overVoltage.rawValue, hysteresis: share)
    }
}
