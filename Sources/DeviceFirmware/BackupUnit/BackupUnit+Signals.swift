public import RegisterMaps
import Units

extension BackupUnit {
    public func value(of signal: SignalIdentifier) -> Int64 {
        guard let named = BackupUnitSignal(rawValue: signal.signalNumber) else { return 0 }
        return switch named {
        case .state: stage.number
        case .mode: mode.signalValue
        case .alarms: alarms.signalValue
        case .latchedAlarms: latched.signalValue
        case .charge, .absoluteCharge: estimate.charge.rawValue
        case .energyRemaining: estimate.remaining.rawValue
        case .energyFull: estimate.full.rawValue
        case .packVoltage: packVoltage.reading
        case .packCurrent: packCurrent.reading
        case .packCurrentNow: packCurrent.now
        case .power: power.rawValue
        case .busVoltage: busVoltage.reading
        case .busVoltageMaximum: busExtremes.highest
        case .busVoltageMinimum: busExtremes.lowest
        case .temperature: temperature.rawValue
        case .supplyPower: supplyPower.rawValue
        case .ratedPower: configuration.dischargePower.rawValue
        default: isSetting(named) ? setting(named) : count(named)
        }
    }

    private func count(_ signal: BackupUnitSignal) -> Int64 {
        switch signal {
        case .runTimeToEmpty: time(at: power)
        case .ratedTimeToEmpty: time(at: configuration.dischargePower)
        case .dischargeCount: dischargeCount
        case .cycleCount: cycleCount
        case .health: PerMille.whole.rawValue
        case .inputGood: isInputLost ? 0 : 1
        case .inputLossCount: inputLossCount
        case .position: Int64(configuration.slot)
        case .serviceTime, .uptime: lifetime.uptime.seconds
        case .restartCount: lifetime.restartCount
        case .overrunCount: lifetime.overrunCount
        case .watchdogRemaining: command.remaining(at: lifetime.lastStep).milliseconds
        default: 0
        }
    }

    /// s until the store is empty; the most that a register holds where nothing is taken out.
    private func time(at power: Power) -> Int64 {
        power > .zero ? min(Self.longestTime, estimate.remaining.rawValue / power.rawValue) : Self.longestTime
    }

    /// 65 535 min, the "not discharging" of the Smart Battery Data Specification 1.1 (section 5.1), s.
    private static let longestTime: Int64 = 65_535 * 60

    private func isSetting(_ signal: BackupUnitSignal) -> Bool { signal.isWritable && signal != .latchedAlarms }

    private func setting(_ signal: BackupUnitSignal) -> Int64 {
        switch signal {
        case .command: settings.command.rawValue
        case .smoothingFloor: settings.floor.rawValue
        case .smoothingCeiling: settings.ceiling.rawValue
        case .rampUp: settings.rampUp.rawValue
        case .rampDown: settings.rampDown.rawValue
        case .chargeLimit: settings.chargeLimit.rawValue
        case .chargeCurrentLimit: current(of: settings.chargeLimit)
        case .reserve: settings.reserve.rawValue
        case .maximumDischargeTime: settings.maximumDischargeTime.seconds
        case .watchdogTimeout: settings.watchdogTimeout.milliseconds
        default: 0
        }
    }

    /// mA into a full store at so many mW, and the other way round.
    private func current(of power: Power) -> Int64 { power.rawValue * 1000 / configuration.fullVoltage.millivolts }
    func power(ofCurrent current: Int64) -> Power {
        .milliwatts(current * configuration.fullVoltage.millivolts / 1000)
    }

    var mode: BackupUnitMode {
        var mode = BackupUnitMode()
        mode.set(.charging, power < .zero)
        mode.set(.discharging, power > .zero)
        return mode
    }

    var alarms: BackupUnitAlarms {
        var alarms = BackupUnitAlarms()
        alarms.set(.microFailure, hasFailed)
        alarms.set(.packUnderVoltage, isEmpty)
        alarms.set(.temperature, temperature > configuration.overTemperature)
        let isOut = stage == .faulted || stage == .asleep
        alarms.set(.chargeNotAllowed, isOut)
        alarms.set(.dischargeNotAllowed, isOut || isEmpty || stage == .spent)
        return alarms
    }
}
