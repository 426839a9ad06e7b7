/// The signals of a rack's pump unit: pumps, coolant, facility water valve, leak detection.
///
/// The words of alarms, leaks and control have the bits of the reservoir and pumping unit of Open Rack V3 racks
/// (facebook/openbmc, rackmon, orv3_rpu.json), so that its real map can be bound to them. The order is part of the
/// interface between spec and firmware; new signals go at the end.
public enum PumpUnitSignal: UInt8, DeviceSignal {
    /// Duty asked from outside for all pumps.
    case dutyCommand
    /// Duty now driven.
    case dutyApplied
    /// Duty when the comms watchdog expires.
    case failsafeDuty
    /// Lowest duty that is driven while the pumps run.
    case minimumDuty
    case pumpCount
    /// Tachometer of one pump.
    case pumpSpeed
    /// 1 while that pump is stalled or locked out.
    case pumpFailed
    /// Bit n: pump n+1 is stalled now.
    case stalledPumps
    /// Bit n: pump n+1 is locked out: it stalled and stays off until it is reset.
    case lockedPumps
    /// Share of the speed expected at the duty below which a pump counts as stalled.
    case stallThreshold
    case flow
    /// Coolant to the trays and back from them.
    case supplyTemperature
    case returnTemperature
    case supplyPressure
    case returnPressure
    case facilityTemperature
    /// Of the reservoir.
    case level
    /// Levels below which the unit warns, and stops its pumps before they run dry.
    case lowLevel
    case dryLevel
    /// Facility water valve, where it is and where it is driven.
    case valvePosition
    case valveCommand
    /// Supply temperature that the unit holds by its valve.
    case supplySetpoint
    /// Supply temperature at which it warns.
    case supplyThreshold
    /// Bit n: the branch of tray n+1 is shut.
    case shutBranches
    /// `PumpUnitAlarms`.
    case alarms
    /// `PumpUnitLeaks`, now and since they were last cleared; writing a one clears that bit.
    case leaks
    case latchedLeaks
    /// 1 when the leak of that bit is latched.
    case latchedLeak
    /// `PumpUnitControl`.
    case control
    /// `PumpUnitStatus`; and its sticky conditions, where writing a one clears that bit.
    case status
    case latchedFaults
    case isReady
    case power
    /// Of the busbar.
    case voltage
    case watchdogTimeout
    case watchdogRemaining
    case uptime
    case restartCount
    case overrunCount

    public var name: StaticString {
        switch self {
        case .dutyCommand: "duty.command"
        case .dutyApplied: "duty.applied"
        case .failsafeDuty: "duty.failsafe"
        case .minimumDuty: "duty.minimum"
        case .pumpCount: "pump-count"
        case .pumpSpeed: "pump-speed"
        case .pumpFailed: "pump-failed"
        case .stalledPumps: "stall.pumps"
        case .lockedPumps: "locked.pumps"
        case .stallThreshold: "stall.threshold"
        case .flow: "flow"
        case .supplyTemperature: "temperature.supply"
        case .returnTemperature: "temperature.return"
        case .supplyPressure: "pressure.supply"
        case .returnPressure: "pressure.return"
        case .facilityTemperature: "temperature.facility"
        case .level: "level"
        case .lowLevel: "threshold.low-level"
        case .dryLevel: "threshold.dry-level"
        case .valvePosition: "valve.position"
        case .valveCommand: "valve.command"
        case .supplySetpoint: "setpoint.supply"
        case .supplyThreshold: "threshold.supply"
        case .shutBranches: "branch.shut"
        case .alarms: "alarms"
        case .leaks: "leaks"
        case .latchedLeaks: "leaks.latched"
        case .latchedLeak: "leak-latched"
        case .control: "control"
        case .status: "status"
        case .latchedFaults: "faults"
        case .isReady: "ready"
        case .power: "power"
        case .voltage: "voltage"
        case .watchdogTimeout: "watchdog.timeout"
        case .watchdogRemaining: "watchdog.remaining"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .dutyCommand, .dutyApplied, .failsafeDuty, .minimumDuty, .stallThreshold, .level, .lowLevel, .dryLevel,
            .valvePosition, .valveCommand:
            .perMille
        case .pumpCount, .pumpFailed, .latchedLeak, .isReady, .restartCount, .overrunCount: .count
        case .pumpSpeed: .rpm
        case .stalledPumps, .lockedPumps, .shutBranches, .alarms, .leaks, .latchedLeaks, .control, .status,
            .latchedFaults:
            .flags
        case .flow: .millilitresPerMinute
        case .supplyTemperature, .returnTemperature, .facilityTemperature, .supplySetpoint, .supplyThreshold:
            .millidegrees
        case .supplyPressure, .returnPressure: .pascals
        case .power: .milliwatts
        case .voltage: .millivolts
        case .watchdogTimeout, .watchdogRemaining: .milliseconds
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .pumpSpeed, .pumpFailed: 4
        case .latchedLeak: 12
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .dutyCommand, .failsafeDuty, .minimumDuty, .lockedPumps, .stallThreshold, .lowLevel, .dryLevel,
            .supplySetpoint, .supplyThreshold, .shutBranches, .latchedLeaks, .control, .latchedFaults,
            .watchdogTimeout:
            true
        default: false
        }
    }
}
