public import RegisterMaps
import Units

extension PumpUnit {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = PumpUnitSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .dutyCommand: settings.dutyCommand.rawValue
        case .dutyApplied: outputs.duty.rawValue
        case .failsafeDuty: settings.failsafeDuty.rawValue
        case .minimumDuty: settings.minimumDuty.rawValue
        case .pumpCount: Int64(configuration.pumpCount)
        case .pumpSpeed: signal.member < 4 ? image.pumpSpeeds[Int(signal.member)].rawValue : 0
        case .pumpFailed: Int64((lockedPumps | stalledPumps) >> UInt16(signal.member) & 1)
        case .stalledPumps: Int64(stalledPumps)
        case .lockedPumps: Int64(lockedPumps)
        case .stallThreshold: settings.stallThreshold.rawValue
        case .level: image.level.rawValue
        case .lowLevel: settings.lowLevel.rawValue
        case .dryLevel: settings.dryLevel.rawValue
        case .valvePosition: image.valvePosition.rawValue
        case .valveCommand: outputs.valve.rawValue
        case .shutBranches: Int64(settings.shutBranches)
        case .alarms: alarms.signalValue
        case .leaks: image.leaks.signalValue
        case .latchedLeaks: latchedLeaks.signalValue
        case .latchedLeak: signal.member < 16 ? Int64(latchedLeaks.rawValue >> UInt16(signal.member) & 1) : 0
        case .control: control.signalValue
        case .status: status.signalValue
        case .latchedFaults: latchedFaults.signalValue
        case .isReady: isReadyToCool ? 1 : 0
        case .power: image.power.rawValue
        case .voltage: image.busVoltage.rawValue
        case .watchdogTimeout: settings.watchdogTimeout.milliseconds
        case .watchdogRemaining: command.remaining(at: lifetime.lastStep).milliseconds
        case .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        case .flow, .supplyTemperature, .returnTemperature, .supplyPressure, .returnPressure, .facilityTemperature,
            .supplySetpoint, .supplyThreshold:
            coolantValue(of: named)
        }
    }

    private func coolantValue(of signal: PumpUnitSignal) -> Int64 {
        switch signal {
        case .flow: image.flow
        case .supplyTemperature: image.supplyTemperature.rawValue
        case .returnTemperature: image.returnTemperature.rawValue
        case .supplyPressure: image.supplyPressure
        case .returnPressure: image.returnPressure
        case .facilityTemperature: image.facilityTemperature.rawValue
        case .supplySetpoint: settings.supplySetpoint.rawValue
        case .supplyThreshold: settings.supplyThreshold.rawValue
        default: 0
        }
    }

    /// Pumps turn, coolant is there, and nobody has stopped it.
    var isReadyToCool: Bool { !isStopped && !isDry && !isBlocked }

    var alarms: PumpUnitAlarms {
        var alarms = PumpUnitAlarms()
        alarms.set(.reservoir, lowLevel.isActive)
        alarms.set(.supplyTemperature, warmSupply.isActive)
        alarms.set(.pump, hasFailedPump)
        alarms.set(.loopBlocked, isBlocked)
        alarms.set(.emergencyButton, image.isEmergencyPressed)
        alarms.set(.notReady, !isReadyToCool)
        return alarms
    }

    var status: PumpUnitStatus {
        var status = PumpUnitStatus()
        status.set(.pumpFailed, hasFailedPump)
        status.set(.commsWatchdog, command.hasExpired)
        status.set(.failsafe, command.isDefaultInForce || hasFailedPump)
        status.set(.valveStuck, isValveStuck)
        status.set(.sensorLost, !image.isSensorPresent)
        status.set(.leak, !image.leaks.isEmpty)
        status.set(.lowLevel, lowLevel.isActive)
        status.set(.dry, isDry)
        status.set(.stopped, isStopped)
        status.set(.latchedFault, !latchedFaults.isEmpty)
        return status
    }
}
