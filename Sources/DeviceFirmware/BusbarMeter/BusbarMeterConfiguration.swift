public import Units

/// Board facts and factory settings of a busbar meter.
public struct BusbarMeterConfiguration: Sendable {
    /// 10 ms: arbitrary; a meter bills and watches, it does not guard.
    public var samplePeriod: Interval = .milliseconds(10)
    /// Conversions per latched reading, 1...1024. 10: a reading each 100 ms, arbitrary.
    public var averages: Int64 = 10
    public var converter: PowerConverter = .ina228
    /// Microohms. 25 puts the +-163.84 mV of an INA228 at +-6.5 kA, more than the 2.4 kA of 120 kW at 50 V; 60 mV or so
    /// at full current is what shunts of this size are made for (typical, arbitrary).
    public var shuntMicroohms: Int64 = 25
    /// From restart to the first answer and sample. 250 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(250)
    /// 85 V: the end of the INA228's range (TI INA228 data sheet).
    public var voltageRange: ClosedRange<Voltage> = .zero ... .volts(85)
    /// 1 MW: arbitrary.
    public var powerRange: ClosedRange<Power> = .zero ... .kilowatts(1000)
    /// 50 %: arbitrary.
    public var largestHysteresis: PerMille = .perMille(500)
    /// From 1 s to an hour: arbitrary.
    public var demandPeriodRange: ClosedRange<Int64> = 1...3600

    public var settings = BusbarMeterSettings()

    public init() {}
}

/// What a busbar meter keeps in flash.
public struct BusbarMeterSettings: Hashable, Sendable {
    /// Seconds. 15 min is what most tariffs take a demand over (typical); here 60 s, since runs are minutes (arbitrary).
    public var demandPeriod: Int64 = 60
    /// 140 kW, the most that one busbar of an Open Rack carries in shipped racks (typical, arbitrary).
    public var overPower: Power = .kilowatts(140)
    /// Open Rack V3 loads run from 46 V to 52 V (typical).
    public var underVoltage: Voltage = .volts(46)
    public var overVoltage: Voltage = .volts(53)
    /// 1 %: arbitrary; thresholds of voltage are close to what is usual.
    public var hysteresis: PerMille = .percent(1)

    public init() {}
}

/// What a busbar meter's converters see at one instant, before any of their errors.
@frozen
public struct BusbarMeterImage: Sendable {
    public var busMicrovolts: Int64
    public var currentMicroamperes: Int64

    @inlinable public init(busMicrovolts: Int64, currentMicroamperes: Int64) {
        self.busMicrovolts = busMicrovolts
        self.currentMicroamperes = currentMicroamperes
    }
}

/// A meter drives nothing but its open-drain alert line: a sticky fault waits to be read and cleared.
@frozen
public struct BusbarMeterOutputs: Hashable, Sendable {
    public var alert: Bool
    @inlinable public init(alert: Bool = false) { self.alert = alert }
}
