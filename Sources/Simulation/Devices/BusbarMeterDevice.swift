internal import DeviceFirmware
internal import DeviceSpecs
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of a busbar meter: voltage of the busbar and the current of all trays in, nothing out.
final class BusbarMeterDevice: VirtualDevice {
    private let core: FirmwareCore<BusbarMeter>

    override init(_ site: DeviceSite) {
        precondition(site.numberInRack >= 0)
        var configuration = BusbarMeterConfiguration()
        if let sensing = site.image.specification.sensing {
            configuration.converter = PowerConverter(sensing.converter)
            configuration.averages = Int64(sensing.averages)
        }
        var bench = site.bench
        let gain = configuration.converter.gainPerMillion
        let calibration = PowerMonitorCalibration(
            voltage: bench.gainError(perMillion: gain),
            current: bench.gainError(perMillion: gain + PowerConverter.shuntTolerance))
        core = FirmwareCore(
            BusbarMeter(configuration, calibration: calibration), image: site.image,
            settings: Self.settings(on: site.rack.plant.busbarLevel))
        super.init(site)
    }

    /// What an installer sets on 12.5 V, in place of the type's own thresholds for 51 V.
    private static func settings(on busbar: BusbarLevel) -> [(signal: SignalIdentifier, value: Int64)] {
        guard busbar == .twelve else { return [] }
        return [
            (BusbarMeterSignal.underVoltageThreshold.identifier, Voltage.volts(11).millivolts),
            (BusbarMeterSignal.overVoltageThreshold.identifier, Voltage.millivolts(13_500).millivolts),
        ]
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
        let voltage = plant.busVoltage
        // A dead busbar carries nothing, whatever its trays would draw.
        let current = voltage > 1 ? plant.rackPower / voltage : 0
        var image = BusbarMeterImage(
            busMicrovolts: Int64(sensed: voltage * 1e6), currentMicroamperes: Int64(sensed: current * 1e6))
        if !sensors.isHealthy {
            image.busMicrovolts = sensors.shown(image.busMicrovolts, by: .voltage, unit: 1000, at: now)
            image.currentMicroamperes = sensors.shown(image.currentMicroamperes, by: .current, unit: 1000, at: now)
        }
        _ = core.program.pointee.step(at: now, sampling: image)
        return core.program.pointee.nextDeadline
    }
}
