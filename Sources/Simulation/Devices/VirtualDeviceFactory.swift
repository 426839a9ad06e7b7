internal import DeviceFirmware
internal import DeviceSpecs
internal import Plant
internal import Scenario

/// Builds the devices of a rack, each by the wiring of its class, with the converter errors that this seed gave it.
struct VirtualDeviceFactory {
    let devices: [VirtualDevice]

    /// `traysStayOff` after an outage, and at the start, until they are switched on.
    init(rack: RackDefinition, policies: [TrayPolicy], seed: UInt64, traysStayOff: Bool = false) {
        var images: [DeviceImage] = []
        devices = rack.devices.enumerated().map { index, definition in
            let model = definition.specification.model
            let image = images.first { $0.specification.model == model } ?? DeviceImage(definition.specification)
            if !images.contains(where: { $0 === image }) { images.append(image) }
            // Bare registers hold what their spec says, word for word.
            let isBare = definition.attachment == .standalone
            let own = isBare ? image : image.numbered(rack: rack.name, path: definition.path)
            return Self.device(
                at: DeviceSite(
                    index: index, definition: definition, image: own, rack: rack, policies: policies,
                    bench: TestBench(seed: seed, device: index), traysStayOff: traysStayOff))
        }
        for device in devices { device.meet(devices) }
    }

    /// The one table of wirings.
    static func device(at site: DeviceSite) -> VirtualDevice {
        if site.definition.attachment == .standalone { return RegisterDevice(site) }
        switch site.definition.specification.deviceClass {
        case .powerMonitor: return PowerMonitorDevice(site)
        case .powerSupply: return PowerSupplyDevice(site)
        case .baseboardController: return BaseboardDevice(site)
        case .fanController: return FanControllerDevice(site)
        case .rackController: return ControllerPortDevice(site)
        case .pumpUnit: return PumpUnitDevice(site)
        case .leakSensor: return LeakSensorDevice(site)
        case .backupUnit: return BackupUnitDevice(site)
        case .shelfGateway: return ShelfGatewayDevice(site)
        case .shuntMonitor: return ShuntMonitorDevice(site)
        case .busbarMeter: return BusbarMeterDevice(site)
        case .opticsController: return OpticsDevice(site)
        case .rackPDU: return RackPDUDevice(site)
        case .powerTether: return PowerTetherDevice(site)
        case .controlValve: return ControlValveDevice(site)
        case nil: preconditionFailure("\(site.definition.path) has a place and no class")
        }
    }
}
