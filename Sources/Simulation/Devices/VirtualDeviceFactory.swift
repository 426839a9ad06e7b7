internal import DeviceFirmware
internal import DeviceSpecs
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// Builds the devices of a rack: firmware configured to the board that it sits on, with the converter errors that this
/// seed gave it.
struct VirtualDeviceFactory {
    let devices: [VirtualDevice]

    /// `traysStayOff` after an outage, and at the start, until they are switched on.
    init(rack: RackDefinition, policies: [TrayPolicy], seed: UInt64, traysStayOff: Bool = false) {
        var images: [DeviceImage] = []
        devices = rack.devices.enumerated().map { index, definition in
            let model = definition.specification.model
            let image = images.first { $0.specification.model == model } ?? DeviceImage(definition.specification)
            if !images.contains(where: { $0 === image }) { images.append(image) }
            switch definition.attachment {
            case .standalone: return RegisterDevice(index: index, definition: definition, image: image)
            case .supply(let shelf, let slot):
                let bench = TestBench(seed: seed, device: index)
                return Self.supply(index, definition, image, rack.plant.shelves[shelf], shelf, slot, bench)
            case .tray(let tray):
                let bench = TestBench(seed: seed, device: index)
                let policy = policies[tray]
                return Self.trayDevice(
                    index, definition, image, rack.plant.trays[tray], tray, policy, bench, staysOff: traysStayOff)
            case .controller:
                return Self.controllerPort(index, definition, image, rack, policies)
            }
        }
    }

    private static func controllerPort(
        _ index: Int, _ definition: DeviceDefinition, _ image: DeviceImage, _ rack: RackDefinition,
        _ policies: [TrayPolicy]
    ) -> VirtualDevice {
        let floors = policies.reduce(Power.zero) { $0 + $1.floor }
        let rated = rack.plant.shelves.reduce(0.0) { $0 + Double($1.supplyCount) * $1.supply.ratedPower }
        let configuration = ControllerPortConfiguration(
            leastBudget: floors, greatestBudget: max(floors, Power(watts: rated)))
        return ControllerPortDevice(
            index: index, definition: definition, image: image, firmware: ControllerPort(configuration))
    }

    private static func supply(
        _ index: Int, _ definition: DeviceDefinition, _ image: DeviceImage, _ shelf: ShelfConfiguration,
        _ shelfNumber: Int, _ slot: Int, _ bench: TestBench
    ) -> VirtualDevice {
        var configuration = PowerSupplyConfiguration()
        configuration.slot = UInt8(clamping: slot)
        configuration.shelfAddress = UInt8(clamping: shelfNumber)
        configuration.voltageSetpoint = .millivolts(Int64(shelf.supply.noLoadVoltage * 1000))
        let peakCurrent = shelf.supply.peakPower / (shelf.supply.noLoadVoltage - shelf.supply.droop)
        // The plant's supply limits its own peak; the MCU's protection stands 10 % above it (arbitrary).
        configuration.limits.overCurrent = .milliamperes(Int64(peakCurrent * 1100))
        var calibration = PowerSupplyCalibration()
        var stream = bench
        calibration.inputVoltage = stream.gainError(perMillion: 5_000)
        calibration.inputCurrent = stream.gainError(perMillion: 10_000)
        calibration.outputVoltage = stream.gainError(perMillion: 2_500)
        calibration.outputCurrent = stream.gainError(perMillion: 10_000)
        return PowerSupplyDevice(
            index: index, definition: definition, image: image,
            firmware: PowerSupply(configuration, calibration: calibration), shelf: shelfNumber, slot: slot)
    }

    private static func trayDevice(
        _ index: Int, _ definition: DeviceDefinition, _ image: DeviceImage, _ tray: TrayConfiguration,
        _ number: Int, _ policy: TrayPolicy, _ bench: TestBench, staysOff: Bool
    ) -> VirtualDevice {
        switch definition.specification.deviceClass {
        case .powerMonitor:
            return PowerMonitorDevice(
                index: index, definition: definition, image: image,
                firmware: powerMonitor(bench), tray: number,
                ceiling: policy.ceiling)
        case .baseboardController:
            return BaseboardDevice(
                index: index, definition: definition, image: image,
                firmware: baseboard(tray, policy, bench, staysOff: staysOff),
                tray: number, accelerators: tray.acceleratorCount, ceiling: policy.ceiling)
        case .fanController:
            return FanControllerDevice(
                index: index, definition: definition, image: image, firmware: fanController(tray, bench),
                tray: number, fans: tray.fans?.count ?? 0)
        case .powerSupply, .rackController, nil:
            // A rack file with such a device on a tray is refused when it is loaded.
            preconditionFailure("\(definition.path) has no place on a tray")
        }
    }

    private static func powerMonitor(_ bench: TestBench) -> PowerMonitor {
        let configuration = PowerMonitorConfiguration()
        var stream = bench
        // INA228: gain error at most 0.05 %; the shunt adds its own tolerance, 0.5 % (typical).
        let calibration = PowerMonitorCalibration(
            voltage: stream.gainError(perMillion: 500), current: stream.gainError(perMillion: 5_000),
            temperature: .none)
        return PowerMonitor(configuration, calibration: calibration)
    }

    private static func baseboard(
        _ tray: TrayConfiguration, _ policy: TrayPolicy, _ bench: TestBench, staysOff: Bool
    ) -> Baseboard {
        var configuration = BaseboardConfiguration()
        configuration.restoresPower = !staysOff
        configuration.acceleratorCount = UInt8(clamping: tray.acceleratorCount)
        configuration.acceleratorRatedPower = Power(watts: tray.accelerator.ratedPower)
        configuration.acceleratorMinimumLimit = Power(watts: tray.accelerator.minimumLimit)
        if tray.fans == nil { configuration.fanPowerAllowance = .zero }
        configuration.limitFloor = policy.floor
        configuration.limitCeiling = policy.ceiling
        var stream = bench
        var calibration = BaseboardCalibration()
        // ADM1278 class: 0.3 % of voltage and current each.
        calibration.trayPower = stream.gainError(perMillion: 6_000)
        calibration.hostPower = stream.gainError(perMillion: 10_000)
        return Baseboard(configuration, calibration: calibration)
    }

    private static func fanController(_ tray: TrayConfiguration, _ bench: TestBench) -> FanController {
        var configuration = FanControllerConfiguration()
        if let fans = tray.fans {
            configuration.fanCount = UInt8(clamping: fans.count)
            configuration.maximumSpeed = RotationalSpeed(revolutionsPerMinute: fans.maximumSpeed)
            configuration.idlePower = Power(watts: fans.idlePower)
            configuration.cubicPower = Power(watts: fans.cubicPower)
        }
        return FanController(configuration)
    }
}

/// Where a device got its converter errors: drawn once from the run's seed, in a fixed order.
private struct TestBench {
    private var stream: SeededStream

    init(seed: UInt64, device: Int) {
        stream = SeededStream(seed: seed, name: "converter errors", index: UInt64(device))
    }

    /// Uniform within plus or minus the data sheet's limit.
    mutating func gainError(perMillion limit: Int64) -> ConverterError {
        ConverterError(gainPerMillion: Int64(stream.next(below: UInt64(2 * limit + 1))) - limit)
    }
}
