public import Units

/// What an optical module is made for.
public struct OpticalModuleConfiguration: Hashable, Sendable {
    /// 1...8 (CMIS, octet 200); from class 8 on `maximumPower` says how much.
    public var powerClass: UInt8 = 8
    /// In steps of a quarter watt (CMIS, octet 201). 16 W: an 800 Gbit/s module, typical.
    public var maximumPower: Power = .watts(16)
    /// With the lasers off. 1.5 W: power class 1 (QSFP-DD hardware specification), what any module may draw unasked.
    public var lowPower: Power = .milliwatts(1500)
    /// From reset or insertion until it can be asked. 2 s: the longest that CMIS allows (typical).
    public var initialisation: Interval = .seconds(2)
    /// As the module's map states them in codes (CMIS, page 1, octet 167): 1000b and 0111b, whose
    /// shortest 5 s and 1 s are.
    public var powerUp: Interval = .seconds(5)
    public var powerDown: Interval = .seconds(1)
    /// Case temperature at which the module protects itself and goes into its fault state. 80 degC: typical, 10 K above
    /// what commercial modules are made for.
    public var shutdownTemperature: Temperature = .degrees(80)
    /// Of a lane at the working point, microamperes: 7 mA of a laser, typical.
    public var bias: Int64 = 7_000
    /// By which the bias rises for each kelvin above 25 degC, for the same light, microamperes. 40: arbitrary.
    public var biasPerKelvin: Int64 = 40
    /// Of a lane, tenths of a microwatt: 1 mW, typical.
    public var sentPower: Int64 = 10_000

    public init() {}
}

/// Board facts and factory settings of an optics controller.
public struct OpticsConfiguration: Sendable {
    /// 1...16.
    public var moduleCount: UInt8 = 16
    public var module = OpticalModuleConfiguration()
    /// Between the reading of one module and of the next over the tray's own two-wire bus. 20 ms: some hundred octets at
    /// 100 kbit/s with their pauses (typical). Sixteen modules are read every 320 ms.
    public var samplePeriod: Interval = .milliseconds(20)
    /// From restart to the first answer and sample. 300 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(300)
    /// 70 degC: the upper end of what commercial modules are made for (Hioptel HQSFPDD-1L2).
    public var temperatureAlarm: Temperature = .degrees(70)
    /// What it may be set to. Arbitrary.
    public var alarmRange: ClosedRange<Temperature> = .zero ... .degrees(100)
    /// Of the alarm. 2 %: arbitrary.
    public var hysteresis: PerMille = .percent(2)
    /// Below this a lane counts as dark, tenths of a microwatt: -10 dBm, typical.
    public var darkBelow: Int64 = 1_000

    public init() {}
}

/// What an optics controller and its modules see at one instant; of the fitted modules.
@frozen
public struct OpticsImage: Sendable {
    /// Bit n: module n+1 is plugged.
    public var plugged: UInt16
    public var caseTemperatures: InlineArray<16, Temperature>
    /// Received light of a lane, tenths of a microwatt.
    public var received: InlineArray<16, Int64>
    /// Supply of the modules, mV.
    public var supplyMillivolts: Int64

    @inlinable public init(
        plugged: UInt16 = 0, caseTemperatures: InlineArray<16, Temperature> = InlineArray(repeating: .degrees(25)),
        received: InlineArray<16, Int64> = InlineArray(repeating: 0), supplyMillivolts: Int64 = 3300
    ) {
        self.plugged = plugged
        self.caseTemperatures = caseTemperatures
        self.received = received
        self.supplyMillivolts = supplyMillivolts
    }
}

/// What the modules draw and whether they send.
@frozen
public struct OpticsOutputs: Sendable {
    public var powers: InlineArray<16, Power>
    /// Bit n: module n+1 sends.
    public var sending: UInt16

    @inlinable public init(powers: InlineArray<16, Power> = InlineArray(repeating: .zero), sending: UInt16 = 0) {
        self.powers = powers
        self.sending = sending
    }
}
