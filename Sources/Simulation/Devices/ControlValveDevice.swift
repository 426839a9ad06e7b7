internal import DeviceFirmware
internal import ModbusWire
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// The wiring of the facility water's valve: what the pump unit asks for by its analogue output, position, flow and
/// thermometers in; the motor out.
final class ControlValveDevice: VirtualDevice {
    private let core: FirmwareCore<ControlValve>

    /// Water of 20 degC, kg/L.
    private static let waterDensity = 0.998

    override init(_ site: DeviceSite) {
        var configuration = ControlValveConfiguration()
        let nominal = site.rack.plant.facilityDesignFlow / Self.waterDensity * 60_000
        configuration.nominalFlow = Int64(max(1, nominal))
        core = FirmwareCore(ControlValve(configuration), image: site.image)
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
        var image = ControlValveImage()
        image.analogue = PerMille(rawValue: Int64(sensed: plant.facilityValveSignal * 1000))
        image.position = PerMille(rawValue: Int64(sensed: plant.facilityValve * 1000))
        image.flow = Int64(sensed: plant.facilityFlow / Self.waterDensity * 60_000)
        image.sensorTemperature = Temperature(celsius: plant.coolantSupplyTemperature)
        image.remoteTemperature = Temperature(celsius: plant.facilityTemperature)
        image.bodyTemperature = Temperature(celsius: plant.facilityReturnTemperature)
        if !sensors.isHealthy {
            image.remoteTemperature.rawValue = sensors.shown(
                image.remoteTemperature.rawValue, by: .temperature, at: now)
        }
        plant.driveFacilityValve(core.program.pointee.step(at: now, sampling: image).target.share)
        return core.program.pointee.nextDeadline
    }
}
