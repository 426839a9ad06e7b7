public import RegisterMaps
import Units

extension PowerSupply {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = PowerSupplySignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .inputPower, .inputPowerNow, .inputCurrent, .inputCurrentNow, .inputVoltage, .inputVoltageMinimum,
            .inputVoltageMaximum, .inputFrequency, .inputDistortion, .powerFactor:
            inputValue(named)
        case .outputVoltage, .busVoltage, .outputCurrent, .shareCurrent, .outputPower, .outputSetpoint, .bulkVoltage,
            .busVoltageMaximum, .busVoltageMinimum, .busVoltagePeriodMaximum, .busVoltagePeriodMinimum:
            outputValue(named)
        case .fanSpeed: signal.member < 2 ? measured.fanSpeeds[Int(signal.member)].rawValue : 0
        case .busClipTemperature: signal.member < 2 ? measured.busClips[Int(signal.member)].rawValue : 0
        case .fanOverride: fanOverride.rawValue
        case .inletTemperature: measured.inlet.rawValue
        case .outletTemperature: measured.outlet.rawValue
        case .maximumTemperature: measured.hottest.rawValue
        case .minimumTemperature: measured.coldest.rawValue
        case .generalAlarms: generalAlarms.signalValue
        case .inputAlarms: protection.input.signalValue
        case .outputAlarms: protection.output.signalValue
        case .temperatureAlarms: protection.temperature.signalValue
        case .communicationAlarms: 0
        case .settings: settings.signalValue
        case .hardwareSignals: hardwareSignals.signalValue
        default: count(named)
        }
    }

    private func inputValue(_ signal: PowerSupplySignal) -> Int64 {
        switch signal {
        case .inputPower: measured.inputPower.rawValue
        case .inputPowerNow: measured.inputPowerNow.rawValue
        case .inputCurrent: measured.inputCurrent.reading
        case .inputCurrentNow: measured.inputCurrent.now
        case .inputVoltage: measured.inputVoltage.reading
        case .inputVoltageMinimum: inputExtremes.lowest
        case .inputVoltageMaximum: inputExtremes.highest
        case .inputFrequency: measured.inputMillihertz
        case .inputDistortion: measured.inputDistortion.rawValue
        case .powerFactor: measured.powerFactor.rawValue
        default: 0
        }
    }

    private func outputValue(_ signal: PowerSupplySignal) -> Int64 {
        switch signal {
        case .outputVoltage: measured.outputVoltage.reading
        case .busVoltage: measured.busVoltage.reading
        case .outputCurrent: measured.outputCurrent.reading
        case .shareCurrent: measured.shareCurrent.reading
        case .outputPower: measured.outputPower.rawValue
        case .outputSetpoint: voltageSetpoint.rawValue
        case .bulkVoltage: measured.bulkVoltage.reading
        case .busVoltageMaximum: busExtremes.highest
        case .busVoltageMinimum: busExtremes.lowest
        case .busVoltagePeriodMaximum: lastBusPeriod.highest
        case .busVoltagePeriodMinimum: lastBusPeriod.lowest
        default: 0
        }
    }

    private func count(_ signal: PowerSupplySignal) -> Int64 {
        switch signal {
        case .uptime: (operatedBefore + lifetime.uptime).seconds
        case .timeSinceOn: stage.onSince.map { (lifetime.lastStep - $0).seconds } ?? 0
        case .powerCycleCount: powerCycleCount
        case .outageCount: outageCount
        case .faultCount: protection.faultCount
        case .unixTime: clock.seconds(at: lifetime.lastStep)
        case .position: Int64(configuration.slot)
        case .crcErrorCount: badFrameCount
        case .acLossCount: acLossCount
        default: 0
        }
    }

    private var generalAlarms: PowerSupplyGeneralAlarms {
        var alarms = PowerSupplyGeneralAlarms()
        let temperatures = protection.temperature
        alarms.set(.inputStage, !protection.input.isEmpty)
        alarms.set(.outputStage, !protection.output.isEmpty)
        alarms.set(.temperature, !temperatures.isEmpty)
        alarms.set(.inputStageFailed, protection.input.contains(.stageFailed))
        alarms.set(.outputStageFailed, protection.output.contains(.stageFailed))
        alarms.set(.temperatureAlarm, !temperatures.subtracting(.fanFailure).isEmpty)
        alarms.set(.fanAlarm, temperatures.contains(.fanFailure))
        return alarms
    }

    private var hardwareSignals: PowerSupplyHardwareSignals {
        var lines = PowerSupplyHardwareSignals.address(slot: configuration.slot, shelf: configuration.shelfAddress)
        lines.set(.inputLossInactive, !outputs.isACLossAsserted)
        lines.set(.pulseManagementInactive, !outputs.forcesPulseManagement)
        lines.set(.alert, !generalAlarms.isEmpty)
        lines.set(.kill, isKilled)
        return lines
    }
}
