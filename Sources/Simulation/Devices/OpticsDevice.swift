internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a switch tray's optics: case temperatures and received light of the modules in, their power out.
///
/// The modules sit at the front, in the tray's inlet air, and warm themselves. What they draw comes from the tray's own
/// supply and heats the tray.
final class OpticsDevice: VirtualDevice {
    private let core: FirmwareCore<OpticsController>
    private let tray: Int
    private let moduleCount: Int
    private var caseTemperatures: InlineArray<16, Double>
    private var powers = InlineArray<16, Power>(repeating: .zero)
    private var drawn = Power.zero
    private var steppedAt = Instant.start
    /// Share of the way to its end temperature that a case goes from one sample to the next.
    private let lag: Double

    /// K per W of a module's case over the air before it. 2: some 32 K at 16 W; typical.
    private static let caseResistance = 2.0
    /// s. Some tens of grams of metal: typical.
    private static let caseTime = 20.0
    /// Of a lane, tenths of a microwatt: 1 mW from the far end after 3 dB of fibre and plugs; typical.
    private static let received: Int64 = 5_000
    /// Modules that were not seen for so long had no supply meanwhile: more than any restart of the MCU takes.
    private static let outage = Interval.seconds(1)

    override init(_ site: DeviceSite) {
        tray = site.tray
        var configuration = OpticsConfiguration()
        moduleCount = max(1, min(site.trayConfiguration.opticalModules, 16))
        configuration.moduleCount = UInt8(moduleCount)
        configuration.module.maximumPower = Power(watts: site.trayConfiguration.opticalModulePower)
        configuration.module.lowPower = min(configuration.module.lowPower, configuration.module.maximumPower)
        configuration.module.powerClass = Self.powerClass(of: configuration.module.maximumPower)
        lag = Double(configuration.samplePeriod.milliseconds) / 1000 / Self.caseTime
        caseTemperatures = InlineArray(repeating: site.rack.plant.inletTemperature)
        core = FirmwareCore(OpticsController(configuration), image: site.image)
        super.init(site)
    }

    deinit { core.release() }

    override var nextDeadline: Instant { core.program.pointee.nextDeadline }
    override func isReady(at now: Instant) -> Bool { core.program.pointee.isReady(at: now) }
    override func restart(at now: Instant) { core.restart(at: now) }
    override func signal(_ identifier: SignalIdentifier) -> Int64 { core.program.pointee.value(of: identifier) }
    override func verdict(onWriting signal: SignalIdentifier, value: Int64) -> SignalWriteVerdict {
        core.program.pointee.verdict(onWriting: signal, value: value)
    }
    override func respond(
        to request: Span<UInt8>, at now: Instant, isBroadcast: Bool, reply: inout FrameBuffer
    ) {
        core.respond(to: request, at: now, isBroadcast: isBroadcast, reply: &reply)
    }

    /// Power classes 1 to 7 end at these watts; class 8 draws more and says how much (CMIS, octet 200; typical).
    private static let classLimits: [Int64] = [1_500, 3_500, 7_000, 8_000, 10_000, 12_000, 14_000]

    private static func powerClass(of power: Power) -> UInt8 {
        UInt8(1 + classLimits.prefix { $0 < power.milliwatts }.count)
    }

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        var image = OpticsImage(received: InlineArray(repeating: Self.received))
        let isPowered = plant.trayIsPowered(tray) && now - steppedAt <= Self.outage
        steppedAt = now
        if isPowered { image.plugged = UInt16(truncatingIfNeeded: (1 << moduleCount) - 1) }
        let air = plant.trayInletTemperature(tray)
        for module in 0..<moduleCount {
            let end = air + Self.caseResistance * powers[module].inWatts
            caseTemperatures[module] += (end - caseTemperatures[module]) * lag
            image.caseTemperatures[module] = Temperature(celsius: caseTemperatures[module])
        }
        if !sensors.isHealthy {
            // The fault sits in the first module's case sensor.
            let shown = sensors.shown(image.caseTemperatures[0].rawValue, by: .temperature, at: now)
            image.caseTemperatures[0].rawValue = shown
        }
        powers = core.program.pointee.step(at: now, sampling: image).powers
        var sum = Power.zero
        for module in 0..<moduleCount { sum += powers[module] }
        if sum != drawn {
            drawn = sum
            plant.setOpticsPower(tray: tray, watts: sum.inWatts)
        }
        return core.program.pointee.nextDeadline
    }
}
