/// The signals of a tray's fan controller.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum FanControllerSignal: UInt8, DeviceSignal {
    /// Duty asked from outside for all fans.
    case dutyCommand
    /// Duty now driven.
    case dutyApplied
    /// Duty when the comms watchdog expires or a sensor is lost.
    case failsafeDuty
    /// Lowest duty that is driven.
    case minimumDuty
    /// Fans fitted.
    case fanCount
    /// Tachometer of one fan.
    case fanSpeed
    /// Share of the speed expected at the duty below which a fan counts as stalled.
    case stallThreshold
    /// Bit n: fan n+1 is stalled now.
    case stalledFans
    /// Bit n: fan n+1 has stalled; writing a one clears that bit.
    case latchedStalls
    /// `FanControllerStatus`.
    case status
    /// Sticky conditions: `FanControllerStatus`; writing a one clears that bit.
    case latchedFaults
    /// The controller's own board sensor, in the tray's outlet.
    case temperature
    /// Board temperature at which the failsafe duty is driven whatever is asked.
    case overTemperatureThreshold
    /// Comms watchdog; 0 switches it off.
    case watchdogTimeout
    /// Time left until the failsafe duty takes over.
    case watchdogRemaining
    /// Electrical power of all fans.
    case power
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .dutyCommand: "duty.command"
        case .dutyApplied: "duty.applied"
        case .failsafeDuty: "duty.failsafe"
        case .minimumDuty: "duty.minimum"
        case .fanCount: "fan-count"
        case .fanSpeed: "fan-speed"
        case .stallThreshold: "stall.threshold"
        case .stalledFans: "stall.fans"
        case .latchedStalls: "stall.latched"
        case .status: "status"
        case .latchedFaults: "faults"
        case .temperature: "temperature.board"
        case .overTemperatureThreshold: "threshold.over-temperature"
        case .watchdogTimeout: "watchdog.timeout"
        case .watchdogRemaining: "watchdog.remaining"
        case .power: "power"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .dutyCommand, .dutyApplied, .failsafeDuty, .minimumDuty, .stallThreshold: .perMille
        case .fanCount, .restartCount, .overrunCount: .count
        case .fanSpeed: .rpm
        case .stalledFans, .latchedStalls, .status, .latchedFaults: .flags
        case .temperature, .overTemperatureThreshold: .millidegrees
        case .watchdogTimeout, .watchdogRemaining: .milliseconds
        case .power: .milliwatts
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .fanSpeed: 16
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .dutyCommand, .failsafeDuty, .minimumDuty, .stallThreshold, .latchedStalls, .latchedFaults,
            .overTemperatureThreshold, .watchdogTimeout:
            true
        default: false
        }
    }
}
