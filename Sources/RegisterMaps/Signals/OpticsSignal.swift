/// The signals of a switch tray's optics controller: the communication MCU that asks every optical module and shows them to
/// the rack by Modbus.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum OpticsSignal: UInt8, DeviceSignal {
    /// Of a module: `OpticalModuleState`.
    case moduleState
    /// Of a module's case.
    case moduleTemperature
    /// Supply voltage of a module.
    case moduleSupply
    /// Bias of a module's lasers, mean of its lanes, in microamperes.
    case moduleBias
    /// Transmitted power of a lane, mean of the module's lanes, in tenths of a microwatt.
    case modulePowerSent
    /// Received power of a lane, mean of the module's lanes, in tenths of a microwatt.
    case modulePowerReceived
    /// What a module draws.
    case modulePower
    /// What a module may draw at most.
    case moduleMaximumPower
    /// The power class of a module, 1...8.
    case modulePowerClass
    /// Time since a module was last read.
    case moduleAge
    /// Bit n: module n+1 is there and answers.
    case presentModules
    /// Bit n: module n+1 is ready: it sends.
    case readyModules
    /// Bit n: module n+1 is in its fault state.
    case faultedModules
    /// Bit n: module n+1 is hotter than its alarm threshold, or has been since the bit was cleared by writing a one.
    case hotModules
    /// Bit n: module n+1 receives less than its alarm threshold.
    case darkModules
    /// Bit n: module n+1 is asked to stay in low power.
    case lowPowerRequest
    /// Writing a one resets that module; reads 0.
    case resetCommand
    /// Modules fitted at most.
    case moduleCount
    /// Power of all modules.
    case power
    /// Hottest module.
    case temperature
    /// Hotter than this a module counts as hot.
    case temperatureAlarm
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .moduleState: "module.state"
        case .moduleTemperature: "module.temperature"
        case .moduleSupply: "module.supply"
        case .moduleBias: "module.bias"
        case .modulePowerSent: "module.power-sent"
        case .modulePowerReceived: "module.power-received"
        case .modulePower: "module.power"
        case .moduleMaximumPower: "module.maximum-power"
        case .modulePowerClass: "module.power-class"
        case .moduleAge: "module.age"
        case .presentModules: "modules.present"
        case .readyModules: "modules.ready"
        case .faultedModules: "modules.faulted"
        case .hotModules: "modules.hot"
        case .darkModules: "modules.dark"
        case .lowPowerRequest: "low-power"
        case .resetCommand: "reset"
        case .moduleCount: "module-count"
        case .power: "power"
        case .temperature: "temperature"
        case .temperatureAlarm: "threshold.temperature"
        case .uptime: "uptime"
        case .restartCount: "restart-count"
        case .overrunCount: "overrun-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .moduleState, .moduleBias, .modulePowerSent, .modulePowerReceived, .modulePowerClass, .moduleCount,
            .restartCount, .overrunCount:
            .count
        case .moduleTemperature, .temperature, .temperatureAlarm: .millidegrees
        case .moduleSupply: .millivolts
        case .modulePower, .moduleMaximumPower, .power: .milliwatts
        case .moduleAge: .milliseconds
        case .presentModules, .readyModules, .faultedModules, .hotModules, .darkModules, .lowPowerRequest,
            .resetCommand:
            .flags
        case .uptime: .seconds
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .moduleState, .moduleTemperature, .moduleSupply, .moduleBias, .modulePowerSent, .modulePowerReceived,
            .modulePower, .moduleMaximumPower, .modulePowerClass, .moduleAge:
            16
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .hotModules, .lowPowerRequest, .resetCommand, .temperatureAlarm: true
        default: false
        }
    }
}
