/// The signals of a tray power monitor (hot-swap class).
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum PowerMonitorSignal: UInt8, DeviceSignal {
    /// Busbar voltage at the tray's input, averaged.
    case voltage
    /// Input current, averaged.
    case current
    /// Input power, averaged.
    case power
    /// Energy taken since start; wraps as the register does.
    case energy
    /// Highest single-sample power since it was last written (any write clears it).
    case peakPower
    /// Temperature at the hot-swap transistor.
    case temperature
    /// Local power limit that the MCU's reflex enforces.
    case powerLimit
    /// Limit that takes over when the comms watchdog expires.
    case defaultPowerLimit
    /// Alarm threshold.
    case overVoltageThreshold
    /// Alarm threshold.
    case underVoltageThreshold
    /// Alarm threshold.
    case overCurrentThreshold
    /// Warning threshold; the reflex has its own limit.
    case overPowerThreshold
    /// Alarm threshold.
    case overTemperatureThreshold
    /// Share of a threshold by which a value must recede before its alarm ends.
    case alarmHysteresis
    /// Live conditions: `PowerMonitorStatus`.
    case status
    /// Sticky conditions: `PowerMonitorStatus`; writing a one clears that bit.
    case latchedFaults
    /// Comms watchdog; 0 switches it off.
    case watchdogTimeout
    /// Time left until the default limit takes over.
    case watchdogRemaining
    /// 1 asserts the power-brake line from the bus, 0 releases it.
    case brakeCommand
    /// 1 while the power-brake line is asserted, whatever the reason.
    case brakeAsserted
    /// Writing the key (0x5A5A) opens the protected settings; any other value closes them.
    case writeKey
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// The limit that the reflex holds now: the written one, or the default.
    case appliedLimit
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .voltage: "voltage"
        case .current: "current"
        case .power: "power"
        case .energy: "energy"
        case .peakPower: "peak-power"
        case .temperature: "temperature"
        case .powerLimit: "limit.power"
        case .defaultPowerLimit: "limit.default"
        case .overVoltageThreshold: "threshold.over-voltage"
        case .underVoltageThreshold: "threshold.under-voltage"
        case .overCurrentThreshold: "threshold.over-current"
        case .overPowerThreshold: "threshold.over-power"
        case .overTemperatureThreshold: "threshold.over-temperature"
        case .alarmHysteresis: "alarm.hysteresis"
        case .status: "status"
        case .latchedFaults: "faults"
        case .watchdogTimeout: "watchdog.timeout"
        case .watchdogRemaining: "watchdog.remaining"
        case .brakeCommand: "brake.command"
        case .brakeAsserted: "brake.asserted"
        case .writeKey: "write-key"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .appliedLimit: "limit.applied"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .voltage, .overVoltageThreshold, .underVoltageThreshold: .millivolts
        case .current, .overCurrentThreshold: .milliamperes
        case .power, .peakPower, .powerLimit, .defaultPowerLimit, .overPowerThreshold, .appliedLimit: .milliwatts
        case .energy: .millijoules
        case .temperature, .overTemperatureThreshold: .millidegrees
        case .alarmHysteresis: .perMille
        case .status, .latchedFaults: .flags
        case .watchdogTimeout, .watchdogRemaining: .milliseconds
        case .brakeCommand, .brakeAsserted, .writeKey, .restartCount, .overrunCount: .count
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        1
    }

    public var isWritable: Bool {
        switch self {
        case .peakPower, .powerLimit, .defaultPowerLimit, .overVoltageThreshold, .underVoltageThreshold,
            .overCurrentThreshold, .overPowerThreshold, .overTemperatureThreshold, .alarmHysteresis,
            .latchedFaults, .watchdogTimeout, .brakeCommand, .writeKey:
            true
        default: false
        }
    }
}
