/// The signals of a tray's BMC. Power reading and limit follow the DCMI contract.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum BaseboardSignal: UInt8, DeviceSignal {
    /// Tray power, averaged over the sampling period.
    case power
    /// Lowest reading since the statistics were cleared.
    case powerMinimum
    /// Highest reading since the statistics were cleared.
    case powerMaximum
    /// Average reading since the statistics were cleared.
    case powerAverage
    /// Cap asked for the whole tray.
    case powerLimit
    /// 1 while the limit is to be enforced.
    case limitActive
    /// Lowest cap that the tray can keep.
    case limitFloor
    /// Highest cap that means anything.
    case limitCeiling
    /// Time allowed to bring power under the limit before the exception action.
    case correctionTime
    /// Averaging window of the power reading.
    case samplingPeriod
    /// What to do when the limit is not met in time: 0 nothing, 1 power off, 17 log only (DCMI: 00h, 01h, 11h).
    case exceptionAction
    /// Cap that takes over when the comms watchdog expires.
    case defaultLimit
    /// Comms watchdog; 0 switches it off.
    case watchdogTimeout
    /// Time left until the default limit takes over.
    case watchdogRemaining
    /// The cap now enforced, from whichever source.
    case appliedLimit
    /// 0 off, 1 on.
    case powerState
    /// 0 full speed; 15 slowest.
    case performanceState
    /// Air or coolant entering the tray.
    case inletTemperature
    /// Air or coolant leaving the tray.
    case outletTemperature
    /// Host processors.
    case hostTemperature
    /// `BaseboardStatus`.
    case status
    /// Sticky conditions: `BaseboardStatus`; writing a one clears that bit.
    case latchedFaults
    /// Accelerators found.
    case acceleratorCount
    /// Power of one accelerator.
    case acceleratorPower
    /// Die temperature of one accelerator.
    case acceleratorTemperature
    /// Time since the BMC started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .power: "power"
        case .powerMinimum: "power.minimum"
        case .powerMaximum: "power.maximum"
        case .powerAverage: "power.average"
        case .powerLimit: "limit.power"
        case .limitActive: "limit.active"
        case .limitFloor: "limit.floor"
        case .limitCeiling: "limit.ceiling"
        case .correctionTime: "limit.correction-time"
        case .samplingPeriod: "limit.sampling-period"
        case .exceptionAction: "limit.exception-action"
        case .defaultLimit: "limit.default"
        case .watchdogTimeout: "watchdog.timeout"
        case .watchdogRemaining: "watchdog.remaining"
        case .appliedLimit: "limit.applied"
        case .powerState: "power-state"
        case .performanceState: "performance-state"
        case .inletTemperature: "temperature.inlet"
        case .outletTemperature: "temperature.outlet"
        case .hostTemperature: "temperature.host"
        case .status: "status"
        case .latchedFaults: "faults"
        case .acceleratorCount: "accelerator-count"
        case .acceleratorPower: "accelerator-power"
        case .acceleratorTemperature: "accelerator-temperature"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .power, .powerMinimum, .powerMaximum, .powerAverage, .powerLimit, .limitFloor, .limitCeiling,
            .defaultLimit, .appliedLimit, .acceleratorPower:
            .milliwatts
        case .limitActive, .exceptionAction, .powerState, .performanceState, .acceleratorCount, .restartCount,
            .overrunCount:
            .count
        case .correctionTime, .samplingPeriod, .watchdogTimeout, .watchdogRemaining: .milliseconds
        case .inletTemperature, .outletTemperature, .hostTemperature, .acceleratorTemperature: .millidegrees
        case .status, .latchedFaults: .flags
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .acceleratorPower, .acceleratorTemperature: 16
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .powerLimit, .limitActive, .correctionTime, .samplingPeriod, .exceptionAction, .defaultLimit,
            .watchdogTimeout, .powerState, .latchedFaults:
            true
        default: false
        }
    }
}
