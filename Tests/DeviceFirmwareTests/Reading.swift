import DeviceFirmware
import RegisterMaps
import Units

extension PowerMonitor {
    func read(_ signal: PowerMonitorSignal) -> Int64 { value(of: signal.identifier) }
    func verdict(_ signal: PowerMonitorSignal, _ value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal.identifier, value: value)
    }
    mutating func write(_ signal: PowerMonitorSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: PowerMonitorStatus { PowerMonitorStatus(signalValue: read(.status)) }
    var faults: PowerMonitorStatus { PowerMonitorStatus(signalValue: read(.latchedFaults)) }
}

extension PowerSupply {
    func read(_ signal: PowerSupplySignal, member: UInt8 = 0) -> Int64 {
        value(of: signal.identifier(member: member))
    }
    func verdict(_ signal: PowerSupplySignal, _ value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal.identifier, value: value)
    }
    mutating func write(_ signal: PowerSupplySignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    /// Steps at every deadline up to and including `end`.
    @discardableResult
    mutating func run(to end: Instant, _ image: PowerSupplyImage) -> PowerSupplyOutputs {
        var outputs = step(at: nextDeadline, sampling: image)
        while nextDeadline <= end { outputs = step(at: nextDeadline, sampling: image) }
        return outputs
    }
}

extension Baseboard {
    func read(_ signal: BaseboardSignal, member: UInt8 = 0) -> Int64 {
        value(of: signal.identifier(member: member))
    }
    func verdict(_ signal: BaseboardSignal, _ value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal.identifier, value: value)
    }
    mutating func write(_ signal: BaseboardSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: BaseboardStatus { BaseboardStatus(signalValue: read(.status)) }
    var faults: BaseboardStatus { BaseboardStatus(signalValue: read(.latchedFaults)) }
    @discardableResult
    mutating func run(to end: Instant, _ image: BaseboardImage) -> BaseboardOutputs {
        var outputs = step(at: nextDeadline, sampling: image)
        while nextDeadline <= end { outputs = step(at: nextDeadline, sampling: image) }
        return outputs
    }
}

extension FanController {
    func read(_ signal: FanControllerSignal, member: UInt8 = 0) -> Int64 {
        value(of: signal.identifier(member: member))
    }
    func verdict(_ signal: FanControllerSignal, _ value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal.identifier, value: value)
    }
    mutating func write(_ signal: FanControllerSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: FanControllerStatus { FanControllerStatus(signalValue: read(.status)) }
    var faults: FanControllerStatus { FanControllerStatus(signalValue: read(.latchedFaults)) }
    @discardableResult
    mutating func run(to end: Instant, _ image: FanControllerImage) -> FanControllerOutputs {
        var outputs = step(at: nextDeadline, sampling: image)
        while nextDeadline <= end { outputs = step(at: nextDeadline, sampling: image) }
        return outputs
    }
}

extension PumpUnit {
    func read(_ signal: PumpUnitSignal, member: UInt8 = 0) -> Int64 {
        value(of: signal.identifier(member: member))
    }
    func verdict(_ signal: PumpUnitSignal, _ value: Int64) -> SignalWriteVerdict {
        verdict(onWriting: signal.identifier, value: value)
    }
    mutating func write(_ signal: PumpUnitSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: PumpUnitStatus { PumpUnitStatus(signalValue: read(.status)) }
    var faults: PumpUnitStatus { PumpUnitStatus(signalValue: read(.latchedFaults)) }
    var alarms: PumpUnitAlarms { PumpUnitAlarms(signalValue: read(.alarms)) }
    @discardableResult
    mutating func run(to end: Instant, _ image: PumpUnitImage) -> PumpUnitOutputs {
        var outputs = step(at: nextDeadline, sampling: image)
        while nextDeadline <= end { outputs = step(at: nextDeadline, sampling: image) }
        return outputs
    }
}

extension LeakSensor {
    func read(_ signal: LeakSensorSignal) -> Int64 { value(of: signal.identifier) }
    mutating func run(to end: Instant, _ image: LeakSensorImage) {
        repeat { _ = step(at: nextDeadline, sampling: image) } while nextDeadline <= end
    }
}

/// Milliseconds after the start.
func at(_ milliseconds: Int64) -> Instant { .start + .milliseconds(milliseconds) }
