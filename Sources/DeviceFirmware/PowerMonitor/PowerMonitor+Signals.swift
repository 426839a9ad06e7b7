public import RegisterMaps
import Units

extension PowerMonitor {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let signal = PowerMonitorSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch signal {
        case .voltage: voltage.reading
        case .current: current.reading
        case .power: power.rawValue
        case .energy: reckoning.energy.rawValue
        case .peakPower: reckoning.power(ofProduct: peakProduct).rawValue
        case .temperature: temperature.rawValue
        case .status: statusNow.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .watchdogRemaining: command.remaining(at: lifetime.lastStep).milliseconds
        case .brakeCommand: isBrakeCommanded ? 1 : 0
        case .brakeAsserted: outputs.brake ? 1 : 0
        case .writeKey: isUnlocked ? configuration.writeKey : 0
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .appliedLimit: limitInForce.rawValue
        case .overrunCount: lifetime.overrunCount
        default: setting(signal)
        }
    }

    private func setting(_ signal: PowerMonitorSignal) -> Int64 {
        switch signal {
        case .powerLimit: powerLimit.rawValue
        case .defaultPowerLimit: settings.defaultPowerLimit.rawValue
        case .overVoltageThreshold: settings.overVoltage.rawValue
        case .underVoltageThreshold: settings.underVoltage.rawValue
        case .overCurrentThreshold: settings.overCurrent.rawValue
        case .overPowerThreshold: settings.overPower.rawValue
        case .overTemperatureThreshold: settings.overTemperature.rawValue
        case .alarmHysteresis: settings.hysteresis.rawValue
        case .watchdogTimeout: settings.watchdogTimeout.milliseconds
        default: 0
        }
    }

    private var statusNow: PowerMonitorStatus {
        var status = status
        status.set(.unlocked, isUnlocked)
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }
}
