public import RegisterMaps
import Units

extension Baseboard {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = BaseboardSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .power: statistics.reading.rawValue
        case .powerMinimum: statistics.lowest.rawValue
        case .powerMaximum: statistics.highest.rawValue
        case .powerAverage: statistics.mean.rawValue
        case .powerLimit, .limitActive, .limitFloor, .limitCeiling, .correctionTime, .samplingPeriod,
            .exceptionAction, .defaultLimit, .watchdogTimeout:
            setting(named)
        case .watchdogRemaining: command.remaining(at: lifetime.lastStep).milliseconds
        case .appliedLimit: appliedLimit.rawValue
        case .powerState: isPowerOn ? 1 : 0
        case .performanceState: performanceState
        case .inletTemperature: inletTemperature.rawValue
        case .outletTemperature: outletTemperature.rawValue
        case .hostTemperature: hostTemperature.rawValue
        case .status: status.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .acceleratorCount: Int64(configuration.acceleratorCount)
        case .acceleratorPower: signal.member < 16 ? acceleratorPowers[Int(signal.member)].rawValue : 0
        case .acceleratorTemperature: signal.member < 16 ? acceleratorTemperatures[Int(signal.member)].rawValue : 0
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        }
    }

    private func setting(_ signal: BaseboardSignal) -> Int64 {
        switch signal {
        case .powerLimit: settings.powerLimit.rawValue
        case .limitActive: settings.isLimitActive ? 1 : 0
        case .limitFloor: configuration.limitFloor.rawValue
        case .limitCeiling: configuration.limitCeiling.rawValue
        case .correctionTime: settings.correctionTime.milliseconds
        case .samplingPeriod: settings.samplingPeriod.milliseconds
        case .exceptionAction: settings.exceptionAction.rawValue
        case .defaultLimit: settings.defaultLimit.rawValue
        case .watchdogTimeout: settings.watchdogTimeout.milliseconds
        default: 0
        }
    }

    /// 0 at the ceiling, 15 at the floor; anything below the ceiling is at least 1.
    private var performanceState: Int64 {
        let span = (configuration.limitCeiling - configuration.limitFloor).rawValue
        let below = (configuration.limitCeiling - appliedLimit).rawValue
        guard span > 0 && below > 0 else { return 0 }
        return min((below * 15 + span - 1) / span, 15)
    }

    var status: BaseboardStatus {
        var status = BaseboardStatus()
        status.set(.limitExceeded, enforcement.isExceeded && settings.exceptionAction != .nothing)
        status.set(.commsWatchdog, command.hasExpired)
        status.set(.defaultLimit, command.isDefaultInForce)
        status.set(.limitActive, isLimitEnforced)
        status.set(.poweredOff, !isPowerOn)
        status.set(.exceptionPowerOff, hasExceptionOff)
        status.set(.atFloor, isAtFloor)
        status.set(.latchedFault, !latchedFaults.isEmpty)
        alarms.report(in: &status)
        return status
    }
}
