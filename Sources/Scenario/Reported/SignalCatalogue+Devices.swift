internal import DeviceSpecs
internal import Plant
internal import RegisterMaps

/// Signals that only racks with meters, PDUs, optics, leak sensors or a control valve have: each as the device itself reports it.
extension SignalCatalogueBuilder {
    mutating func addReadings(of rack: RackDefinition) {
        for (index, device) in rack.devices.enumerated() where device.attachment != .standalone {
            switch (device.specification.deviceClass, device.attachment) {
            case (.busbarMeter, _): addMeter(device.path, index)
            case (.rackPDU, .rack(let number)):
                addPDU(device.path, index, outlets: rack.outlets(ofPDU: number).count)
            case (.opticsController, .tray(let tray)):
                addOptics(device.path, index, modules: rack.plant.trays[tray].opticalModules)
            case (.leakSensor, let attachment):
                let hasDoor = if case .rack = attachment { true } else { false }
                addLeakSensor(device.path, index, hasDoor: hasDoor)
            case (.controlValve, _): addControlValve(device.path, index)
            default: break
            }
        }
    }

    private mutating func addMeter(_ path: String, _ device: Int) {
        add("\(path).answers", device, .answers)
        add("\(path).voltage", device, BusbarMeterSignal.voltage)
        add("\(path).current", device, BusbarMeterSignal.current)
        add("\(path).power", device, BusbarMeterSignal.power)
        add("\(path).energy", device, BusbarMeterSignal.energy)
        add("\(path).demand", device, BusbarMeterSignal.demand)
        add("\(path).peak-demand", device, BusbarMeterSignal.peakDemand)
        add("\(path).peak-power", device, BusbarMeterSignal.peakPower)
        add("\(path).lowest-voltage", device, BusbarMeterSignal.lowestVoltage)
        add("\(path).highest-voltage", device, BusbarMeterSignal.highestVoltage)
        add("\(path).over-power", device, .condition(.meterOverPower))
        add("\(path).under-voltage", device, .condition(.meterUnderVoltage))
        add("\(path).over-voltage", device, .condition(.meterOverVoltage))
        add("\(path).saturated", device, .condition(.meterSaturated))
    }

    private mutating func addPDU(_ path: String, _ device: Int, outlets: Int) {
        add("\(path).answers", device, .answers)
        add("\(path).voltage", device, RackPDUSignal.inletVoltage)
        add("\(path).current", device, RackPDUSignal.inletCurrent)
        add("\(path).power", device, RackPDUSignal.inletPower)
        add("\(path).energy", device, RackPDUSignal.inletEnergy)
        add("\(path).overload", device, .condition(.inletOverload))
        add("\(path).inlet-lost", device, .condition(.inletLost))
        add("\(path).sequencing", device, .condition(.outletsWaiting))
        add("\(path)/breaker.closed", device, .isOne(RackPDUSignal.breakerClosed.identifier))
        for outlet in 0..<outlets {
            let (name, member) = ("\(path)/outlet-\(outlet + 1)", UInt8(outlet))
            add("\(name).power", device, RackPDUSignal.outletPower, member: member)
            add("\(name).current", device, RackPDUSignal.outletCurrent, member: member)
            add("\(name).on", device, .isOne(RackPDUSignal.outletState.identifier(member: member)))
        }
    }

    private mutating func addOptics(_ path: String, _ device: Int, modules: Int) {
        add("\(path).answers", device, .answers)
        add("\(path).power", device, OpticsSignal.power)
        add("\(path).temperature", device, OpticsSignal.temperature)
        add("\(path).present", device, count: .presentModules)
        add("\(path).ready", device, count: .readyModules)
        add("\(path).faulted", device, count: .faultedModules)
        add("\(path).hot", device, count: .hotModules)
        add("\(path).dark", device, count: .darkModules)
        add("\(path).low-power-asked", device, count: .lowPowerRequest)
        for module in 0..<modules { addModule("\(path)/module-\(module + 1)", device, UInt8(module)) }
    }

    private mutating func addModule(_ path: String, _ device: Int, _ module: UInt8) {
        add("\(path).temperature", device, OpticsSignal.moduleTemperature, member: module)
        add("\(path).supply", device, OpticsSignal.moduleSupply, member: module)
        // The firmware counts microamperes, and tenths of a microwatt, as the module's own map does.
        add("\(path).bias", "A", device, OpticsSignal.moduleBias, member: module, perUnit: 1_000_000)
        add("\(path).light-sent", "W", device, OpticsSignal.modulePowerSent, member: module, perUnit: 10_000_000)
        add(
            "\(path).light-received", "W", device, OpticsSignal.modulePowerReceived, member: module, perUnit: 10_000_000
        )
        add("\(path).power", device, OpticsSignal.modulePower, member: module)
        add("\(path).power-class", device, OpticsSignal.modulePowerClass, member: module)
        add("\(path).ready", device, .bit(OpticsSignal.readyModules.identifier, module))
        add("\(path).low-power", device, .condition(.moduleInLowPower(module: module)))
        add("\(path).fault", device, .bit(OpticsSignal.faultedModules.identifier, module))
        add("\(path).hot", device, .bit(OpticsSignal.hotModules.identifier, module))
        add("\(path).dark", device, .bit(OpticsSignal.darkModules.identifier, module))
    }

    private mutating func addLeakSensor(_ path: String, _ device: Int, hasDoor: Bool) {
        add("\(path).answers", device, .answers)
        add("\(path).wet", device, .isOne(LeakSensorSignal.leak.identifier))
        add("\(path).wetness", device, LeakSensorSignal.wetness)
        add("\(path).rope-broken", device, .condition(.ropeBroken))
        guard hasDoor else { return }
        add("\(path).door-open", device, .isOne(LeakSensorSignal.door.identifier))
        add("\(path).door-count", device, LeakSensorSignal.doorCount)
    }

    private mutating func addControlValve(_ path: String, _ device: Int) {
        add("\(path).answers", device, .answers)
        add("\(path).asked", device, ControlValveSignal.analogueSetpoint)
        add("\(path).position", device, ControlValveSignal.position)
        add("\(path).flow", device, ControlValveSignal.flow)
        add("\(path).wanted-flow", device, ControlValveSignal.flowSetpoint)
        add("\(path).water-in", device, ControlValveSignal.remoteTemperature)
        add("\(path).water-out", device, ControlValveSignal.bodyTemperature)
        add("\(path).blocked", device, .condition(.valveBlocked))
        add("\(path).setpoint-not-reached", device, .condition(.valveSetpointNotReached))
    }

    // MARK: Forms

    /// A truth.
    private mutating func add(_ path: String, _ device: Int, _ kind: DeviceReading.Kind) {
        add(path, "", .reading(DeviceReading(device: device, kind: kind)))
    }

    /// An amount in the unit that the signal itself has.
    private mutating func add(_ path: String, _ device: Int, _ signal: some DeviceSignal, member: UInt8 = 0) {
        let (unit, perUnit) = signal.unit.inTelemetry
        add(path, unit, device, signal, member: member, perUnit: perUnit)
    }

    private mutating func add(
        _ path: String, _ unit: String, _ device: Int, _ signal: some DeviceSignal, member: UInt8, perUnit: Int64
    ) {
        let kind = DeviceReading.Kind.amount(signal.identifier(member: member), perUnit: perUnit)
        add(path, unit, .reading(DeviceReading(device: device, kind: kind)))
    }

    /// How many modules it holds for.
    private mutating func add(_ path: String, _ device: Int, count signal: OpticsSignal) {
        add(path, device, .bitCount(signal.identifier))
    }
}

extension SignalUnit {
    /// Its unit in telemetry, and how many of this one make one of that.
    fileprivate var inTelemetry: (unit: String, perUnit: Int64) {
        switch self {
        case .millivolts: ("V", 1000)
        case .milliamperes: ("A", 1000)
        case .milliwatts: ("W", 1000)
        case .millijoules: ("J", 1000)
        case .millidegrees: ("degC", 1000)
        case .rpm: ("rpm", 1)
        case .perMille: ("%", 10)
        case .milliseconds: ("s", 1000)
        case .seconds: ("s", 1)
        case .millihertz: ("Hz", 1000)
        case .pascals: ("kPa", 1000)
        case .millilitresPerMinute: ("L/min", 1000)
        case .count, .flags: ("", 1)
        }
    }
}

extension RackDefinition {
    /// The shelves on the outlets of a rack PDU, in the order of its outlets: those of its feed, sixteen at most. The first
    /// PDU of a rack, number 0, has the first feed, and so on.
    public func outlets(ofPDU number: Int) -> [Int] {
        Array(plant.shelves.indices.filter { plant.shelves[$0].feed == number }.prefix(16))
    }
}
