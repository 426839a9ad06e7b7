/// The signals of a battery or capacitor unit on the busbar.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum BackupUnitSignal: UInt8, DeviceSignal {
    /// `BackupUnitStage` as a number: 0 asleep, 1 standby, 2 charging, 3 smoothing, 4 rising, 5 holding the busbar, 6 spent,
    /// 7 faulted.
    case state
    /// `BackupUnitMode`.
    case mode
    /// `BackupUnitAlarms`, live.
    case alarms
    /// The same, sticky; writing a one clears that bit.
    case latchedAlarms
    /// State of charge, of what the store holds now and of what it held when new.
    case charge
    case absoluteCharge
    case energyRemaining
    case energyFull
    case packVoltage
    /// Positive when the store is discharged; averaged, and of the last sample.
    case packCurrent
    case packCurrentNow
    /// Into the busbar; below zero it charges.
    case power
    case busVoltage
    case busVoltageMaximum
    case busVoltageMinimum
    case temperature
    /// How long the store lasts at the present power, and at the rated one.
    case runTimeToEmpty
    case ratedTimeToEmpty
    /// How long it may hold the busbar at most.
    case maximumDischargeTime
    case dischargeCount
    case cycleCount
    case health
    /// What the supplies deliver, as the shelf's own bus tells it.
    case supplyPower
    /// 1 while the supplies have input.
    case inputGood
    case inputLossCount
    case ratedPower
    case position
    case serviceTime
    case uptime
    case restartCount
    case overrunCount
    /// 0 standby, 1 smoothing, 2 sleep.
    case command
    /// While smoothing: between which powers of all supplies together nothing is held up but the ramp.
    case smoothingFloor
    case smoothingCeiling
    /// Per second, of all supplies together.
    case rampUp
    case rampDown
    /// The most that the unit may take from the busbar.
    case chargeLimit
    /// The same as a current of the store.
    case chargeCurrentLimit
    /// Smoothing takes nothing out below this charge.
    case reserve
    case watchdogTimeout
    case watchdogRemaining
    /// Writing anything but 0 clears a fault.
    case faultClear

    public var name: StaticString {
        switch self {
        case .state: "state"
        case .mode: "mode"
        case .alarms: "alarms"
        case .latchedAlarms: "alarms.latched"
        case .charge: "charge"
        case .absoluteCharge: "charge.absolute"
        case .energyRemaining: "energy.remaining"
        case .energyFull: "energy.full"
        case .packVoltage: "pack.voltage"
        case .packCurrent: "pack.current"
        case .packCurrentNow: "pack.current-now"
        case .power: "power"
        case .busVoltage: "bus.voltage"
        case .busVoltageMaximum: "bus.voltage-maximum"
        case .busVoltageMinimum: "bus.voltage-minimum"
        case .temperature: "temperature"
        case .runTimeToEmpty: "time.to-empty"
        case .ratedTimeToEmpty: "time.to-empty-rated"
        case .maximumDischargeTime: "time.maximum-discharge"
        case .dischargeCount: "discharge-count"
        case .cycleCount: "cycle-count"
        case .health: "health"
        case .supplyPower: "supply.power"
        case .inputGood: "input.good"
        case .inputLossCount: "input.loss-count"
        case .ratedPower: "power.rated"
        case .position: "position"
        case .serviceTime: "service-time"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        case .command: "command"
        case .smoothingFloor: "smoothing.floor"
        case .smoothingCeiling: "smoothing.ceiling"
        case .rampUp: "smoothing.ramp-up"
        case .rampDown: "smoothing.ramp-down"
        case .chargeLimit: "limit.charge"
        case .chargeCurrentLimit: "limit.charge-current"
        case .reserve: "smoothing.reserve"
        case .watchdogTimeout: "watchdog.timeout"
        case .watchdogRemaining: "watchdog.remaining"
        case .faultClear: "fault-clear"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .state, .dischargeCount, .cycleCount, .inputGood, .inputLossCount, .position, .restartCount,
            .overrunCount, .command:
            .count
        case .mode, .alarms, .latchedAlarms, .faultClear: .flags
        case .charge, .absoluteCharge, .health, .reserve: .perMille
        case .energyRemaining, .energyFull: .millijoules
        case .packVoltage, .busVoltage, .busVoltageMaximum, .busVoltageMinimum: .millivolts
        case .packCurrent, .packCurrentNow, .chargeCurrentLimit: .milliamperes
        case .power, .supplyPower, .ratedPower, .smoothingFloor, .smoothingCeiling, .rampUp, .rampDown, .chargeLimit:
            .milliwatts
        case .temperature: .millidegrees
        case .runTimeToEmpty, .ratedTimeToEmpty, .maximumDischargeTime, .serviceTime, .uptime: .seconds
        case .watchdogTimeout, .watchdogRemaining: .milliseconds
        }
    }

    public var memberLimit: UInt8 { 1 }

    public var isWritable: Bool {
        switch self {
        case .latchedAlarms, .maximumDischargeTime, .command, .smoothingFloor, .smoothingCeiling, .rampUp, .rampDown,
            .chargeLimit, .chargeCurrentLimit, .reserve, .watchdogTimeout, .faultClear:
            true
        default: false
        }
    }
}
