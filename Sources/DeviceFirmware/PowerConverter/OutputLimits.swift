public import Units

/// The thresholds of a converter that feeds a busbar, fixed in its firmware.
public struct OutputLimits: Hashable, Sendable {
    /// Around the 46 V to 52 V of the busbar: arbitrary.
    public var underVoltage: Voltage = .volts(44)
    public var overVoltage: Voltage = .millivolts(54_500)
    public var overCurrent: Current
    /// How long it may last before the output is latched off.
    public var overCurrentTime: Interval
    /// At once.
    public var shortCircuit: Current
    /// Voltage across the ORing device. 1 V: arbitrary.
    public var oringDrop: Voltage = .volts(1)
    /// After the output came on, no under-voltage alarm for so long. 50 ms: arbitrary.
    public var underVoltageBlanking: Interval = .milliseconds(50)

    public init(overCurrent: Current, overCurrentTime: Interval, shortCircuit: Current) {
        self.overCurrent = overCurrent
        self.overCurrentTime = overCurrentTime
        self.shortCircuit = shortCircuit
    }
}
