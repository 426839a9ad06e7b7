/// The signals of a power tether: a converter that feeds this rack's busbar from another rack's.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum PowerTetherSignal: UInt8, DeviceSignal {
    /// Taken at the converter's input terminals.
    case inputPower
    case inputCurrent
    /// At the input terminals, behind cable and plugs.
    case inputVoltage
    /// Before the ORing device.
    case outputVoltage
    /// Behind the ORing device.
    case busVoltage
    case outputCurrent
    /// Current-share bus value.
    case shareCurrent
    case outputPower
    /// Tachometer of its own fans.
    case fanSpeed
    /// Inlet air.
    case inletTemperature
    /// Outlet air.
    case outletTemperature
    /// Hottest internal sensor; one of them sits at the input terminals.
    case maximumTemperature
    /// Coldest internal sensor.
    case minimumTemperature
    /// `PowerTetherGeneralAlarms`.
    case generalAlarms
    /// The other rack's side: `PowerTetherInputAlarms`.
    case inputAlarms
    /// DC-DC stage: `ConverterOutputAlarms`.
    case outputAlarms
    /// `PowerTetherTemperatureAlarms`.
    case temperatureAlarms
    /// `PowerTetherCommunicationAlarms`.
    case communicationAlarms
    /// Setting register with write enable, remote off and fault clear: `PowerTetherSettings`.
    case settings
    /// Total operating time.
    case uptime
    /// Time since the output was last switched on.
    case timeSinceOn
    /// How often the input came back.
    case powerCycleCount
    /// Latched faults since start.
    case faultCount
    /// The client's time of day, kept running.
    case unixTime
    /// Place among the rack's tethers.
    case position
    /// Frames with a bad CRC seen on the bus.
    case crcErrorCount

    public var name: StaticString {
        switch self {
        case .inputPower: "input.power"
        case .inputCurrent: "input.current"
        case .inputVoltage: "input.voltage"
        case .outputVoltage: "output.voltage"
        case .busVoltage: "bus.voltage"
        case .outputCurrent: "output.current"
        case .shareCurrent: "output.share-current"
        case .outputPower: "output.power"
        case .fanSpeed: "fan-speed"
        case .inletTemperature: "temperature.inlet"
        case .outletTemperature: "temperature.outlet"
        case .maximumTemperature: "temperature.maximum"
        case .minimumTemperature: "temperature.minimum"
        case .generalAlarms: "alarms.general"
        case .inputAlarms: "alarms.input"
        case .outputAlarms: "alarms.output"
        case .temperatureAlarms: "alarms.temperature"
        case .communicationAlarms: "alarms.communication"
        case .settings: "settings"
        case .uptime: "uptime"
        case .timeSinceOn: "time-since-on"
        case .powerCycleCount: "power-cycle-count"
        case .faultCount: "fault-count"
        case .unixTime: "clock.unix"
        case .position: "position"
        case .crcErrorCount: "bus.crc-errors"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .inputPower, .outputPower: .milliwatts
        case .inputCurrent, .outputCurrent, .shareCurrent: .milliamperes
        case .inputVoltage, .outputVoltage, .busVoltage: .millivolts
        case .fanSpeed: .rpm
        case .inletTemperature, .outletTemperature, .maximumTemperature, .minimumTemperature: .millidegrees
        case .generalAlarms, .inputAlarms, .outputAlarms, .temperatureAlarms, .communicationAlarms, .settings: .flags
        case .uptime, .timeSinceOn, .unixTime: .seconds
        case .powerCycleCount, .faultCount, .position, .crcErrorCount: .count
        }
    }

    public var memberLimit: UInt8 { self == .fanSpeed ? 2 : 1 }

    public var isWritable: Bool {
        switch self {
        case .settings, .unixTime: true
        default: false
        }
    }
}
