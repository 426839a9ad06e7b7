internal import DeviceFirmware
internal import RegisterMaps
internal import Scenario

/// What is recorded of what devices say of themselves.
extension RackSimulation {
    func value(of reading: DeviceReading) -> Double {
        let device = devices[reading.device]
        if reading.kind == .answers { return device.answers(at: now) ? 1 : 0 }
        guard !device.isUnpowered, device.isReady(at: now) else { return 0 }
        switch reading.kind {
        case .amount(let signal, let perUnit): return Double(device.signal(signal)) / Double(perUnit)
        case .isOne(let signal): return device.signal(signal) == 1 ? 1 : 0
        case .bit(let signal, let bit): return Double(device.signal(signal) >> Int64(bit) & 1)
        case .bitCount(let signal): return Double(device.signal(signal).nonzeroBitCount)
        case .condition(let condition): return holds(condition, of: device) ? 1 : 0
        case .answers: return 1
        }
    }

    private func holds(_ condition: DeviceCondition, of device: VirtualDevice) -> Bool {
        switch condition {
        case .meterOverPower: has(BusbarMeterStatus.overPower, device, BusbarMeterSignal.status)
        case .meterUnderVoltage: has(BusbarMeterStatus.underVoltage, device, BusbarMeterSignal.status)
        case .meterOverVoltage: has(BusbarMeterStatus.overVoltage, device, BusbarMeterSignal.status)
        case .meterSaturated: has(BusbarMeterStatus.saturated, device, BusbarMeterSignal.status)
        case .inletOverload: has(RackPDUStatus.overload, device, RackPDUSignal.status)
        case .inletLost: has(RackPDUStatus.inletLost, device, RackPDUSignal.status)
        case .outletsWaiting: has(RackPDUStatus.sequencing, device, RackPDUSignal.status)
        case .valveBlocked: has(ControlValveStatus.actuatorBlocked, device, ControlValveSignal.status)
        case .valveSetpointNotReached:
            has(ControlValveStatus.setpointNotReached, device, ControlValveSignal.status)
        case .ropeBroken: has(LeakSensorStatus.ropeBroken, device, LeakSensorSignal.status)
        case .moduleInLowPower(let module):
            device.signal(OpticsSignal.moduleState.identifier(member: module))
                == Int64(OpticalModuleState.lowPower.rawValue)
        }
    }

    private func has<Status: FlagSet>(_ flag: Status, _ device: VirtualDevice, _ signal: some DeviceSignal) -> Bool {
        Status(signalValue: device.signal(signal.identifier)).contains(flag)
    }
}
