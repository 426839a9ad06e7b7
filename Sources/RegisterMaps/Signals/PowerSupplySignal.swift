/// The signals of a power-shelf rectifier.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum PowerSupplySignal: UInt8, DeviceSignal {
    /// AC input power, averaged.
    case inputPower
    /// AC input power of the last sample.
    case inputPowerNow
    /// AC input current, averaged.
    case inputCurrent
    /// AC input current of the last sample.
    case inputCurrentNow
    /// AC input voltage, root mean square, line to neutral.
    case inputVoltage
    /// Lowest input voltage since start.
    case inputVoltageMinimum
    /// Highest input voltage since start.
    case inputVoltageMaximum
    /// AC frequency.
    case inputFrequency
    /// Total harmonic distortion of the input current.
    case inputDistortion
    /// Power factor.
    case powerFactor
    /// Output voltage before the ORing device.
    case outputVoltage
    /// Voltage behind the ORing device.
    case busVoltage
    /// Output current.
    case outputCurrent
    /// Current-share bus value.
    case shareCurrent
    /// Output power.
    case outputPower
    /// Output voltage setpoint.
    case outputSetpoint
    /// Voltage of the bulk capacitor (hold-up store).
    case bulkVoltage
    /// Highest bus voltage since power on.
    case busVoltageMaximum
    /// Lowest bus voltage since power on.
    case busVoltageMinimum
    /// Highest bus voltage since last read-out period.
    case busVoltagePeriodMaximum
    /// Lowest bus voltage since last read-out period.
    case busVoltagePeriodMinimum
    /// Tachometer of the supply's own fans.
    case fanSpeed
    /// Duty asked from outside; 0 leaves the supply to itself.
    case fanOverride
    /// Inlet air.
    case inletTemperature
    /// Outlet air.
    case outletTemperature
    /// Hottest internal sensor.
    case maximumTemperature
    /// Coldest internal sensor.
    case minimumTemperature
    /// Bus clip, positive then negative.
    case busClipTemperature
    /// `PowerSupplyGeneralAlarms`.
    case generalAlarms
    /// Power-factor-correction stage: `PowerSupplyInputAlarms`.
    case inputAlarms
    /// DC-DC stage: `ConverterOutputAlarms`.
    case outputAlarms
    /// `PowerSupplyTemperatureAlarms`.
    case temperatureAlarms
    /// Between the supply's own MCUs.
    case communicationAlarms
    /// Setting register with write enable, fault clear and power cycle: `PowerSupplySettings`.
    case settings
    /// Levels of the shelf's hardware lines.
    case hardwareSignals
    /// Total operating time.
    case uptime
    /// Time since the output was last switched on.
    case timeSinceOn
    /// AC power cycles.
    case powerCycleCount
    /// AC outages seen.
    case outageCount
    /// Latched faults since start.
    case faultCount
    /// The client's time of day, kept running.
    case unixTime
    /// Slot in the shelf.
    case position
    /// Frames with a bad CRC seen on the bus.
    case crcErrorCount
    /// Times the AC-loss line was raised.
    case acLossCount

    public var name: StaticString {
        switch self {
        case .inputPower: "input.power"
        case .inputPowerNow: "input.power-now"
        case .inputCurrent: "input.current"
        case .inputCurrentNow: "input.current-now"
        case .inputVoltage: "input.voltage"
        case .inputVoltageMinimum: "input.voltage-minimum"
        case .inputVoltageMaximum: "input.voltage-maximum"
        case .inputFrequency: "input.frequency"
        case .inputDistortion: "input.distortion"
        case .powerFactor: "input.power-factor"
        case .outputVoltage: "output.voltage"
        case .busVoltage: "bus.voltage"
        case .outputCurrent: "output.current"
        case .shareCurrent: "output.share-current"
        case .outputPower: "output.power"
        case .outputSetpoint: "output.setpoint"
        case .bulkVoltage: "bulk.voltage"
        case .busVoltageMaximum: "bus.voltage-maximum"
        case .busVoltageMinimum: "bus.voltage-minimum"
        case .busVoltagePeriodMaximum: "bus.voltage-period-maximum"
        case .busVoltagePeriodMinimum: "bus.voltage-period-minimum"
        case .fanSpeed: "fan-speed"
        case .fanOverride: "fan-override"
        case .inletTemperature: "temperature.inlet"
        case .outletTemperature: "temperature.outlet"
        case .maximumTemperature: "temperature.maximum"
        case .minimumTemperature: "temperature.minimum"
        case .busClipTemperature: "temperature.bus-clip"
        case .generalAlarms: "alarms.general"
        case .inputAlarms: "alarms.input"
        case .outputAlarms: "alarms.output"
        case .temperatureAlarms: "alarms.temperature"
        case .communicationAlarms: "alarms.communication"
        case .settings: "settings"
        case .hardwareSignals: "hardware-signals"
        case .uptime: "uptime"
        case .timeSinceOn: "time-since-on"
        case .powerCycleCount: "power-cycle-count"
        case .outageCount: "outage-count"
        case .faultCount: "fault-count"
        case .unixTime: "clock.unix"
        case .position: "position"
        case .crcErrorCount: "bus.crc-errors"
        case .acLossCount: "ac-loss-count"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .inputPower, .inputPowerNow, .outputPower: .milliwatts
        case .inputCurrent, .inputCurrentNow, .outputCurrent, .shareCurrent: .milliamperes
        case .inputVoltage, .inputVoltageMinimum, .inputVoltageMaximum, .outputVoltage, .busVoltage,
            .outputSetpoint, .bulkVoltage, .busVoltageMaximum, .busVoltageMinimum, .busVoltagePeriodMaximum,
            .busVoltagePeriodMinimum:
            .millivolts
        case .inputFrequency: .millihertz
        case .inputDistortion, .powerFactor, .fanOverride: .perMille
        case .fanSpeed: .rpm
        case .inletTemperature, .outletTemperature, .maximumTemperature, .minimumTemperature, .busClipTemperature:
            .millidegrees
        case .generalAlarms, .inputAlarms, .outputAlarms, .temperatureAlarms, .communicationAlarms, .settings,
            .hardwareSignals:
            .flags
        case .uptime, .timeSinceOn, .unixTime: .seconds
        case .powerCycleCount, .outageCount, .faultCount, .position, .crcErrorCount, .acLossCount: .count
        }
    }

    public var memberLimit: UInt8 {
        switch self {
        case .fanSpeed, .busClipTemperature: 2
        default: 1
        }
    }

    public var isWritable: Bool {
        switch self {
        case .outputSetpoint, .fanOverride, .settings, .unixTime: true
        default: false
        }
    }
}
