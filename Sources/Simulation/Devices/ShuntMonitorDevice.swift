internal import DeviceFirmware
internal import DeviceSpecs
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a tray's shunt monitor. Its channels sit on the rails behind the tray's 12 V converters: the first is the
/// host's, the second the fans', and the accelerators are dealt over the others in turn.
final class ShuntMonitorDevice: VirtualDevice {
    private let core: FirmwareCore<ShuntMonitor>
    private let tray: Int
    private let acceleratorCount: Int
    private let channelCount: Int

    /// V of an intermediate bus behind a tray's hot-swap controller. Typical.
    private static let rail = 12.0
    /// From the INA3221's choice of 140 us to 8.244 ms: three channels take 2 ms a round. Arbitrary.
    private static let conversion = Interval.microseconds(332)
    /// Channels of an INA3221; of a MAX34417.
    private static let roundRobinChannels: UInt8 = 3
    private static let accumulatorChannels: UInt8 = 4

    override init(_ site: DeviceSite) {
        tray = site.tray
        acceleratorCount = site.trayConfiguration.acceleratorCount
        var configuration = ShuntMonitorConfiguration()
        configuration.channelCount = Self.accumulatorChannels
        if let sensing = site.image.specification.sensing {
            if sensing.converter == .ina3221 {
                configuration = .roundRobin(channels: Self.roundRobinChannels, conversion: Self.conversion)
            }
            configuration.converter = PowerConverter(sensing.converter)
            configuration.averages = Int64(sensing.averages)
        }
        channelCount = Int(configuration.channelCount)
        var bench = site.bench
        let gain = configuration.converter.gainPerMillion
        let calibration = PowerMonitorCalibration(
            voltage: bench.gainError(perMillion: gain),
            current: bench.gainError(perMillion: gain + PowerConverter.shuntTolerance))
        core = FirmwareCore(ShuntMonitor(configuration, calibration: calibration), image: site.image)
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

    override func step(at now: Instant, plant: RackPlant) -> Instant {
        guard now >= core.program.pointee.nextDeadline else { return core.program.pointee.nextDeadline }
        var image = ShuntMonitorImage()
        let rail = plant.trayIsPowered(tray) ? Self.rail : 0
        for channel in 0..<channelCount {
            image.microvolts[channel] = Int64(sensed: rail * 1e6)
            image.microamperes[channel] = Int64(sensed: power(of: channel, in: plant) / Self.rail * 1e6)
        }
        if !sensors.isHealthy { disturb(&image, at: now) }
        _ = core.program.pointee.step(at: now, sampling: image)
        return core.program.pointee.nextDeadline
    }

    /// W.
    private func power(of channel: Int, in plant: RackPlant) -> Double {
        switch channel {
        case 0: return plant.trayHostPower(tray)
        case 1: return plant.trayFanPower(tray)
        default:
            var sum = 0.0
            for number in stride(from: channel - 2, to: acceleratorCount, by: channelCount - 2) {
                sum += plant.acceleratorPower(tray, number)
            }
            return sum
        }
    }

    /// A fault of the voltage or current sensor sits in the first channel.
    private func disturb(_ image: inout ShuntMonitorImage, at now: Instant) {
        image.microvolts[0] = sensors.shown(image.microvolts[0], by: .voltage, unit: 1000, at: now)
        image.microamperes[0] = sensors.shown(image.microamperes[0], by: .current, unit: 1000, at: now)
    }
}
