/// The signals of a leak and door sensor: a rope that conducts when it is wet, and a contact.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum LeakSensorSignal: UInt8, DeviceSignal {
    /// `LeakSensorStatus`.
    case status
    /// Sticky conditions; writing a one clears that bit.
    case latched
    /// 1 while the rope counts as wet.
    case leak
    /// Conductance of the rope, as a share of that of one that lies in coolant.
    case wetness
    /// Wetness from which it counts as wet, and for how long it must last.
    case threshold
    case delay
    /// 1 while the door stands open.
    case door
    /// Openings since the MCU started.
    case doorCount
    case uptime
    case restartCount
    case overrunCount

    public var name: StaticString {
        switch self {
        case .status: "status"
        case .latched: "latched"
        case .leak: "leak"
        case .wetness: "wetness"
        case .threshold: "threshold.wetness"
        case .delay: "delay"
        case .door: "door"
        case .doorCount: "door-count"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .status, .latched: .flags
        case .leak, .door, .doorCount, .restartCount, .overrunCount: .count
        case .wetness, .threshold: .perMille
        case .delay: .milliseconds
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 { 1 }

    public var isWritable: Bool {
        switch self {
        case .latched, .threshold, .delay: true
        default: false
        }
    }
}
