/// The signals of a control valve with an actuator, a flow meter and thermometers of its own.
///
/// The words of status have the bits of a pressure-independent valve of Open Rack liquid cooling (openbmc/phosphor-modbus,
/// BelimoEV200ARXEValve), so that its real map can be bound to them; those of `surroundings` and `drive` have the bits of
/// Danfoss003Z8540Valve, a second such valve. The order is part of the interface between spec and
/// firmware; new signals go at the end.
public enum ControlValveSignal: UInt8, DeviceSignal {
    /// Asked over the bus, of the way between `minimum` and `maximum`.
    case setpoint
    /// 0 none, 1 open, 2 closed, 3 minimum, 4 middle, 5 maximum: goes before any setpoint.
    case override
    /// 4 clears what is sticky; reads as zero.
    case command
    /// 0: the analogue input rules; 1: the bus does.
    case setpointSource
    /// What the analogue input asks for.
    case analogueSetpoint
    /// Ends of the way that setpoints are taken of.
    case minimum
    case maximum
    /// Where the valve is.
    case position
    /// The same as an angle, hundredths of a degree.
    case angle
    /// Measured, of the nominal flow; measured; and wanted.
    case relativeFlow
    case flow
    case flowSetpoint
    /// At the sensor input; in the pipe; in the valve's body.
    case sensorTemperature
    case remoteTemperature
    case bodyTemperature
    /// Of the water.
    case glycol
    /// 4: a valve with flow and energy measurement.
    case deviceType
    /// `ControlValveStatus`.
    case status
    /// `ControlValveNotes`.
    case notes
    /// Through the open valve.
    case nominalFlow
    /// What the feedback output drives: 0 to 10 V by position.
    case analogueOutput
    /// How long it has been fully closed, and fully open, in its life.
    case closedTime
    case openTime
    /// `ControlValveSurroundings`.
    case surroundings
    /// `ControlValveDrive`.
    case drive

    public var name: StaticString {
        switch self {
        case .setpoint: "setpoint"
        case .override: "override"
        case .command: "command"
        case .setpointSource: "setpoint.source"
        case .analogueSetpoint: "setpoint.analogue"
        case .minimum: "limit.minimum"
        case .maximum: "limit.maximum"
        case .position: "position"
        case .angle: "position.angle"
        case .relativeFlow: "flow.relative"
        case .flow: "flow"
        case .flowSetpoint: "setpoint.flow"
        case .sensorTemperature: "temperature.sensor"
        case .remoteTemperature: "temperature.remote"
        case .bodyTemperature: "temperature.body"
        case .glycol: "glycol"
        case .deviceType: "device-type"
        case .status: "status"
        case .notes: "status.notes"
        case .nominalFlow: "flow.nominal"
        case .analogueOutput: "output.analogue"
        case .closedTime: "time.closed"
        case .openTime: "time.open"
        case .surroundings: "status.surroundings"
        case .drive: "status.drive"
        }
    }

    public var unit: SignalUnit {
        switch self {
        case .setpoint, .analogueSetpoint, .minimum, .maximum, .position, .relativeFlow, .glycol: .perMille
        case .override, .command, .setpointSource, .angle, .deviceType: .count
        case .flow, .flowSetpoint, .nominalFlow: .millilitresPerMinute
        case .analogueOutput: .millivolts
        case .closedTime, .openTime: .seconds
        case .sensorTemperature, .remoteTemperature, .bodyTemperature: .millidegrees
        case .status, .notes, .surroundings, .drive: .flags
        }
    }

    public var memberLimit: UInt8 { 1 }

    public var isWritable: Bool {
        switch self {
        case .setpoint, .override, .command, .setpointSource, .minimum, .maximum: true
        default: false
        }
    }
}
