/// The signals of a rack PDU: the inlet of one feed, its breaker, and the outlets that the power shelves hang on.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum RackPDUSignal: UInt8, DeviceSignal {
    /// Between two lines of the inlet.
    case inletVoltage
    /// Of one line.
    case inletCurrent
    case inletPower
    /// Taken since start.
    case inletEnergy
    /// 1 while the inlet's breaker is closed.
    case breakerClosed
    /// Outlets fitted.
    case outletCount
    /// Of one outlet.
    case outletPower
    /// Of one outlet, of one line.
    case outletCurrent
    /// 1 while an outlet is on.
    case outletState
    /// 1 switches an outlet on, in its turn; 0 switches it off at once.
    case outletCommand
    /// From one outlet's switching on to the next one's.
    case sequenceDelay
    /// Inlet current above which the PDU warns.
    case overloadThreshold
    /// Share of the threshold by which the current must recede before the warning ends.
    case alarmHysteresis
    /// Live conditions: `RackPDUStatus`.
    case status
    /// Sticky conditions: `RackPDUStatus`; writing a one clears that bit.
    case latchedFaults
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .inletVoltage: "inlet.voltage"
        case .inletCurrent: "inlet.current"
        case .inletPower: "inlet.power"
        case .inletEnergy: "inlet.energy"
        case .breakerClosed: "breaker.closed"
        case .outletCount: "outlet-count"
        case .outletPower: "outlet.power"
        case .outletCurrent: "outlet.current"
        case .outletState: "outlet.state"
        case .outletCommand: "outlet.command"
        case .sequenceDelay: "sequence-delay"
        case .overloadThreshold: "threshold.overload"
        case .alarmHysteresis: "alarm.hysteresis"
        case .status: "status"
        case .latchedFaults: "faults"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .inletVoltage: .millivolts
        case .inletCurrent, .outletCurrent, .overloadThreshold: .milliamperes
        case .inletPower, .outletPower: .milliwatts
        case .inletEnergy: .millijoules
        case .breakerClosed, .outletCount, .outletState, .outletCommand, .restartCount, .overrunCount: .count
        case .sequenceDelay: .milliseconds
        case .alarmHysteresis: .perMille
        case .status, .latchedFaults: .flags
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .outletPower, .outletCurrent, .outletState, .outletCommand: 16
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .outletCommand, .sequenceDelay, .overloadThreshold, .alarmHysteresis, .latchedFaults: true
        default: false
        }
    }
}
