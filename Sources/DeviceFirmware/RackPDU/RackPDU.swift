public import Units

/// The firmware of a rack PDU: an MCU between a feed's breaker and the shelves.
///
/// Purpose: say what a feed gives and to whom, warn before its breaker acts, and switch outlets without adding their
/// inrush.
///
/// Inputs and how far to trust them: meters of inlet and outlets as sampled; the breaker's auxiliary contact. Commands are
/// trusted once in range: switching a shelf off is an operator's decision, and nobody asks twice.
///
/// Intended behaviour:
/// - An outlet that is switched off opens with the next sample. One that is switched on waits for its turn: outlets close
///   one after the other, lowest first, with the sequence delay between them.
/// - Relays latch: they stay as they are while the MCU restarts or the inlet is dead.
/// - The inlet current above its threshold warns; the breaker's own curve is the breaker's.
///
/// After a restart: silent for the boot time; energy and sticky bits are gone but for `restarted`, what waits for its turn
/// waits on. Settings come back from flash.
public struct RackPDU: StartableFirmware, Sendable {
    public typealias ProcessImage = RackPDUImage
    public typealias Outputs = RackPDUOutputs

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: RackPDUConfiguration
    var image = RackPDUImage()
    /// Millijoules.
    var energy: Int64 = 0
    /// Below one millijoule, in microjoules.
    private var remainder: Int64 = 0
    /// Bit n: outlet n+1 is on; is to be on.
    var closed: UInt16
    var wanted: UInt16
    /// When the next outlet may close.
    private var nextTurn = Instant.start
    var sequenceDelay: Interval
    var hysteresis: PerMille
    var overload: ThresholdAlarm
    var status = RackPDUStatus()
    var latchedFaults = RackPDUStatus()

    /// A PDU that has booted before `now`, with all outlets on.
    public init(_ configuration: RackPDUConfiguration, runningSince now: Instant = .start) {
        precondition(
            configuration.outletCount >= 1 && configuration.outletCount <= 16, "a rack PDU has 1 to 16 outlets")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        closed = UInt16(truncatingIfNeeded: (1 << Int64(configuration.outletCount)) - 1)
        wanted = closed
        sequenceDelay = configuration.sequenceDelay
        hysteresis = configuration.hysteresis
        overload = ThresholdAlarm(
            .above, configuration.overloadThreshold.rawValue, hysteresis: configuration.hysteresis)
    }

    public mutating func step(at now: Instant, sampling image: RackPDUImage) -> RackPDUOutputs {
        guard now >= lifetime.nextSample else { return RackPDUOutputs(closed: closed) }
        let periods = lifetime.sampled(at: now)
        self.image = image
        // Milliwatts times milliseconds are microjoules.
        let microjoules = image.inletPower.rawValue * configuration.samplePeriod.milliseconds * periods + remainder
        energy += microjoules / 1000
        remainder = microjoules % 1000
        switchOutlets(at: now)
        overload.update(image.inletCurrent.rawValue)
        status.set(.overload, overload.isActive)
        status.set(.breakerOpen, !image.isBreakerClosed)
        status.set(.inletLost, image.inletVoltage == .zero)
        status.set(.outletOff, wanted != allOutlets)
        status.set(.sequencing, wanted & ~closed != 0)
        latchedFaults.formUnion(status.intersection(.sticky))
        return RackPDUOutputs(closed: closed)
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        image = RackPDUImage()
        (energy, remainder) = (0, 0)
        overload.clear()
        status = RackPDUStatus()
        latchedFaults = .restarted
    }

    var fitted: Int { Int(configuration.outletCount) }
    private var allOutlets: UInt16 { UInt16(truncatingIfNeeded: (1 << Int64(configuration.outletCount)) - 1) }

    private mutating func switchOutlets(at now: Instant) {
        closed &= wanted
        let waiting = wanted & ~closed
        guard waiting != 0, now >= nextTurn else { return }
        closed |= 1 << UInt16(waiting.trailingZeroBitCount)
        nextTurn = now + sequenceDelay
    }
}
