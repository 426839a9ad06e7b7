public import Units

/// Board facts and factory settings of a rack PDU.
public struct RackPDUConfiguration: Sendable {
    /// 1...16.
    public var outletCount: UInt8 = 8
    /// 100 ms: arbitrary; five cycles of 50 Hz, over which a root mean square means something.
    public var samplePeriod: Interval = .milliseconds(100)
    /// From restart to the first answer and sample. 400 ms: arbitrary.
    public var bootTime: Interval = .milliseconds(400)
    /// 10 A, so that no outlet of a shelf is ever warned about unasked; a PDU of a rack is set to 80 % of its breaker
    /// (NEC continuous load; typical).
    public var overloadThreshold: Current = .amperes(10)
    /// 10 kA: arbitrary.
    public var currentRange: ClosedRange<Current> = .zero ... .amperes(10_000)
    /// 2 %: arbitrary.
    public var hysteresis: PerMille = .percent(2)
    /// 50 %: arbitrary.
    public var largestHysteresis: PerMille = .perMille(500)
    /// 500 ms: the inrush of one shelf, 20 ms to 40 ms, is over before the next one's begins (Legrand PDU user guide; the
    /// time itself is arbitrary).
    public var sequenceDelay: Interval = .milliseconds(500)
    /// Arbitrary.
    public var longestDelay: Interval = .seconds(60)

    public init() {}
}

/// What a rack PDU measures at one instant; of the fitted outlets.
@frozen
public struct RackPDUImage: Sendable {
    /// Between two lines, mV.
    public var inletVoltage: Voltage
    public var inletCurrent: Current
    public var inletPower: Power
    public var isBreakerClosed: Bool
    public var outletPowers: InlineArray<16, Power>
    public var outletCurrents: InlineArray<16, Current>

    @inlinable public init(
        inletVoltage: Voltage = .zero, inletCurrent: Current = .zero, inletPower: Power = .zero,
        isBreakerClosed: Bool = true, outletPowers: InlineArray<16, Power> = InlineArray(repeating: .zero),
        outletCurrents: InlineArray<16, Current> = InlineArray(repeating: .zero)
    ) {
        self.inletVoltage = inletVoltage
        self.inletCurrent = inletCurrent
        self.inletPower = inletPower
        self.isBreakerClosed = isBreakerClosed
        self.outletPowers = outletPowers
        self.outletCurrents = outletCurrents
    }
}

/// The relays of a rack PDU.
@frozen
public struct RackPDUOutputs: Hashable, Sendable {
    /// Bit n: outlet n+1 is on.
    public var closed: UInt16
    @inlinable public init(closed: UInt16) { self.closed = closed }
}
