/// The signals of a busbar meter: what the whole rack draws, measured at the rack's own shunt.
///
/// The order is part of the interface between spec and firmware; new signals go at the end.
public enum BusbarMeterSignal: UInt8, DeviceSignal {
    /// Averaged over a window.
    case voltage
    /// Averaged over a window.
    case current
    /// Averaged over a window.
    case power
    /// Taken by the rack since start.
    case energy
    /// Mean power of the last demand period that is over.
    case demand
    /// Highest demand since it was last written (any write clears it).
    case peakDemand
    /// Highest averaged power since it was last written (any write clears it).
    case peakPower
    /// Lowest voltage of a single sample since it was last written (any write clears it).
    case lowestVoltage
    /// Highest voltage of a single sample since it was last written (any write clears it).
    case highestVoltage
    /// Over how long a demand is averaged.
    case demandPeriod
    /// Alarm threshold.
    case overPowerThreshold
    /// Alarm threshold.
    case underVoltageThreshold
    /// Alarm threshold.
    case overVoltageThreshold
    /// Share of a threshold by which a value must recede before its alarm ends.
    case alarmHysteresis
    /// Live conditions: `BusbarMeterStatus`.
    case status
    /// Sticky conditions: `BusbarMeterStatus`; writing a one clears that bit.
    case latchedFaults
    /// Time since the MCU started.
    case uptime
    /// Starts since manufacture.
    case restartCount
    /// Steps that came one sample period late or more, since start.
    case overrunCount

    public var name: StaticString {
        switch self {
        case .voltage: "voltage"
        case .current: "current"
        case .power: "power"
        case .energy: "energy"
        case .demand: "demand"
        case .peakDemand: "demand.peak"
        case .peakPower: "peak-power"
        case .lowestVoltage: "voltage.lowest"
        case .highestVoltage: "voltage.highest"
        case .demandPeriod: "demand.period"
        case .overPowerThreshold: "threshold.over-power"
        case .underVoltageThreshold: "threshold.under-voltage"
        case .overVoltageThreshold: "threshold.over-voltage"
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
        case .voltage, .lowestVoltage, .highestVoltage, .underVoltageThreshold, .overVoltageThreshold: .millivolts
        case .current: .milliamperes
        case .power, .demand, .peakDemand, .peakPower, .overPowerThreshold: .milliwatts
        case .energy: .millijoules
        case .alarmHysteresis: .perMille
        case .status, .latchedFaults: .flags
        case .demandPeriod, .uptime: .seconds
        case .restartCount, .overrunCount: .count
        }
    }

    public var memberLimit: UInt8 { 1 }

    public var isWritable: Bool {
        switch self {
        case .peakDemand, .peakPower, .lowestVoltage, .highestVoltage, .demandPeriod, .overPowerThreshold,
            .underVoltageThreshold, .overVoltageThreshold, .alarmHysteresis, .latchedFaults:
            true
        default: false
        }
    }
}
