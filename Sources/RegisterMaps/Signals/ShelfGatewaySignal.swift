/// The signals of a shelf's power-management module, the gateway in front of its supplies or backup units.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum ShelfGatewaySignal: UInt8, DeviceSignal {
    /// Bit per slot: answers; has an alarm; is expected there.
    case modulesPresent
    case modulesAlert
    case modulesPlanned
    /// `ShelfGatewayAlarms`.
    case alarms
    /// Bit per slot, from bit 1 on: does not answer the gateway.
    case communicationAlarms
    /// Bad frames that the gateway has seen on the rack's bus, and from each module.
    case crcErrors
    case moduleCRCErrors
    case moduleTimeouts
    /// Anything but 0 stops the polling of the modules; what was read last stays.
    case pollingStopped
    case position
    case uptime
    case restartCount
    case overrunCount
    /// The client's time of day, kept running.
    case unixTime
    /// Of each module, as it was when the gateway last asked it.
    case temperature
    case charge
    case voltage
    case current
    case power
    case energyRemaining
    case energyFull
    case moduleAlarms
    /// How long ago that was.
    case age
    /// Of a backup unit: of what its store held when new, and the current of its last sample.
    case absoluteCharge
    case currentNow
    /// Of a supply.
    case inputVoltage
    case inputCurrent

    public var name: StaticString {
        switch self {
        case .modulesPresent: "modules.present"
        case .modulesAlert: "modules.alert"
        case .modulesPlanned: "modules.planned"
        case .alarms: "alarms"
        case .communicationAlarms: "alarms.communication"
        case .crcErrors: "bus.crc-errors"
        case .moduleCRCErrors: "module.crc-errors"
        case .moduleTimeouts: "module.timeouts"
        case .pollingStopped: "polling.stopped"
        case .position: "position"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        case .unixTime: "clock.unix"
        case .temperature: "module.temperature"
        case .charge: "module.charge"
        case .voltage: "module.voltage"
        case .current: "module.current"
        case .power: "module.power"
        case .energyRemaining: "module.energy"
        case .energyFull: "module.energy-full"
        case .moduleAlarms: "module.alarms"
        case .age: "module.age"
        case .absoluteCharge: "module.charge-absolute"
        case .currentNow: "module.current-now"
        case .inputVoltage: "module.input-voltage"
        case .inputCurrent: "module.input-current"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .modulesPresent, .modulesAlert, .modulesPlanned, .alarms, .communicationAlarms, .moduleAlarms: .flags
        case .crcErrors, .moduleCRCErrors, .moduleTimeouts, .pollingStopped, .position, .restartCount, .overrunCount:
            .count
        case .uptime, .unixTime: .seconds
        case .temperature: .millidegrees
        case .charge, .absoluteCharge: .perMille
        case .voltage, .inputVoltage: .millivolts
        case .current, .currentNow, .inputCurrent: .milliamperes
        case .power: .milliwatts
        case .energyRemaining, .energyFull: .millijoules
        case .age: .milliseconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .moduleCRCErrors, .moduleTimeouts, .temperature, .charge, .voltage, .current, .power, .energyRemaining,
            .energyFull, .moduleAlarms, .age, .absoluteCharge, .currentNow, .inputVoltage, .inputCurrent:
            6
        default: 1
        }
    }

    public var isWritable: Bool { self == .pollingStopped || self == .unixTime }
}
