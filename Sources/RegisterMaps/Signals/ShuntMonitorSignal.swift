/// The signals of a multi-channel shunt monitor: the rails of one tray behind its hot-swap controller.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum ShuntMonitorSignal: UInt8, DeviceSignal {
    /// Bus side of a channel's shunt, averaged.
    case channelVoltage
    /// Through a channel's shunt, averaged.
    case channelCurrent
    /// Of a channel, averaged.
    case channelPower
    /// Sum of the channels' currents, averaged.
    case currentSum
    /// Taken through a channel, as latched last.
    case channelEnergy
    /// Samples that the latched energies are made of.
    case accumulationCount
    /// Writing 1 latches the accumulators and begins new ones; reads 0.
    case latchCommand
    /// Current of a single conversion above which a channel's critical alert comes at once.
    case criticalThreshold
    /// Averaged current above which a channel's warning comes.
    case warningThreshold
    /// Bit n: channel n+1 is above its critical threshold.
    case criticalChannels
    /// Bit n: channel n+1 is above its warning threshold.
    case warningChannels
    /// Bit n: channel n+1 was critical; bit n+8: it had a warning. Writing a one clears that bit.
    case latchedAlerts
    /// Channels fitted.
    case channelCount
    /// From one reading to the next.
    case updateTime
    /// Live conditions: `ShuntMonitorStatus`.
    case status
    /// Sticky conditions: `ShuntMonitorStatus`; writing a one clears that bit.
    case latchedFaults
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .channelVoltage: "voltage"
        case .channelCurrent: "current"
        case .channelPower: "power"
        case .currentSum: "current-sum"
        case .channelEnergy: "energy"
        case .accumulationCount: "accumulation-count"
        case .latchCommand: "latch"
        case .criticalThreshold: "threshold.critical"
        case .warningThreshold: "threshold.warning"
        case .criticalChannels: "alert.critical"
        case .warningChannels: "alert.warning"
        case .latchedAlerts: "alert.latched"
        case .channelCount: "channel-count"
        case .updateTime: "update-time"
        case .status: "status"
        case .latchedFaults: "faults"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .channelVoltage: .millivolts
        case .channelCurrent, .currentSum, .criticalThreshold, .warningThreshold: .milliamperes
        case .channelPower: .milliwatts
        case .channelEnergy: .millijoules
        case .accumulationCount, .latchCommand, .channelCount, .restartCount, .overrunCount: .count
        case .criticalChannels, .warningChannels, .latchedAlerts, .status, .latchedFaults: .flags
        case .updateTime: .milliseconds
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .channelVoltage, .channelCurrent, .channelPower, .channelEnergy, .criticalThreshold, .warningThreshold: 8
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .latchCommand, .criticalThreshold, .warningThreshold, .latchedAlerts, .latchedFaults: true
        default: false
        }
    }
}
