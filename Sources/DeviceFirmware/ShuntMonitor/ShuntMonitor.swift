public import Units

/// The firmware of a multi-channel shunt monitor: one converter that goes round the rails of a tray.
///
/// Purpose: tell which rail draws what, which a tray's own monitor cannot; and count its energy between two readings of
/// whoever bills it, however late he comes.
///
/// Inputs and how far to trust them: as the converter sees each channel, to its gain error and ends. Writes are trusted
/// once in range. It limits nothing and has no watchdog.
///
/// Intended behaviour:
/// - Each round converts bus and shunt of every channel. A single conversion above a channel's critical threshold drives
///   the critical line with that very round; the averaged current above its warning threshold drives the other.
/// - Each averaging window latches voltages, currents, powers and the sum of the currents.
/// - Power is accumulated sample by sample. Writing 1 to `latch` copies all accumulators at once into their registers and
///   begins anew, so that no channel's energy belongs to another time than its neighbour's. Full accumulators stop, and
///   say so, rather than wrap.
///
/// After a restart: silent for the boot time; readings, accumulators and sticky bits are gone but for `restarted`.
/// Thresholds come back from flash.
public struct ShuntMonitor: StartableFirmware, Sendable {
    public typealias ProcessImage = ShuntMonitorImage
    public typealias Outputs = ShuntMonitorOutputs

    public internal(set) var lifetime: DeviceLifetime
    public let configuration: ShuntMonitorConfiguration
    var channels: InlineArray<8, ShuntChannel>
    var currentSum: Int64 = 0
    private var sampleCount: Int64 = 0
    private var hasSaturated = false
    /// Samples in the running accumulators, and in those latched last.
    private var accumulated: Int64 = 0
    var latchedCount: Int64 = 0
    private var outputs = ShuntMonitorOutputs()
    var criticalChannels: UInt16 = 0
    var warningChannels: UInt16 = 0
    var latchedAlerts: UInt16 = 0
    var status = ShuntMonitorStatus()
    var latchedFaults = ShuntMonitorStatus()

    /// A monitor that has booted before `now` and converts its first round then. All channels share one converter and
    /// with it its gain errors.
    public init(
        _ configuration: ShuntMonitorConfiguration, calibration: PowerMonitorCalibration = .none,
        runningSince now: Instant = .start
    ) {
        precondition(
            configuration.channelCount >= 1 && configuration.channelCount <= 8, "a shunt monitor has 1 to 8 channels")
        precondition(
            configuration.averages >= 1 && configuration.averages <= 1024, "an average takes 1 to 1024 samples")
        self.configuration = configuration
        lifetime = DeviceLifetime(samplePeriod: configuration.samplePeriod, runningSince: now)
        channels = InlineArray(repeating: ShuntChannel(configuration, calibration: calibration))
    }

    public mutating func step(at now: Instant, sampling image: ShuntMonitorImage) -> ShuntMonitorOutputs {
        guard now >= lifetime.nextSample else { return outputs }
        let periods = lifetime.sampled(at: now)
        if periods > 1 { latchedFaults.formUnion(.overrun) }
        let counted = min(periods, configuration.accumulatorCapacity - accumulated)
        accumulated += counted
        for index in 0..<fitted {
            let isSaturated = channels[index].sample(
                microvolts: image.microvolts[index], microamperes: image.microamperes[index], samples: counted)
            if isSaturated { hasSaturated = true }
        }
        sampleCount += 1
        if sampleCount >= configuration.averages { latchReadings() }
        judge()
        return outputs
    }

    public mutating func restart(at now: Instant) {
        lifetime.restart(at: now, bootTime: configuration.bootTime)
        for index in 0..<fitted { channels[index].clear() }
        (currentSum, sampleCount, hasSaturated) = (0, 0, false)
        (accumulated, latchedCount) = (0, 0)
        (criticalChannels, warningChannels, latchedAlerts) = (0, 0, 0)
        status = ShuntMonitorStatus()
        latchedFaults = .restarted
        outputs = ShuntMonitorOutputs()
    }

    var fitted: Int { Int(configuration.channelCount) }

    mutating func latchAccumulators() {
        for index in 0..<fitted { channels[index].latchEnergy() }
        latchedCount = accumulated
        accumulated = 0
        status.set(.accumulatorsFull, false)
    }

    /// The end of an averaging window.
    private mutating func latchReadings() {
        currentSum = 0
        for index in 0..<fitted {
            channels[index].latchReading(count: sampleCount)
            currentSum += channels[index].current.reading
        }
        status.set(.saturated, hasSaturated)
        (sampleCount, hasSaturated) = (0, false)
    }

    private mutating func judge() {
        (criticalChannels, warningChannels) = (0, 0)
        for index in 0..<fitted {
            if channels[index].critical.isActive { criticalChannels |= 1 << UInt16(index) }
            if channels[index].warning.isActive { warningChannels |= 1 << UInt16(index) }
        }
        latchedAlerts |= criticalChannels | warningChannels << 8
        outputs = ShuntMonitorOutputs(critical: criticalChannels != 0, warning: warningChannels != 0)
        status.set(.critical, outputs.critical)
        status.set(.warning, outputs.warning)
        status.set(.accumulatorsFull, accumulated >= configuration.accumulatorCapacity)
        latchedFaults.formUnion(status.intersection(.sticky))
    }
}
