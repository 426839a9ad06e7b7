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
        case .equals(let signal, let value): return device.signal(signal) == value ? 1 : 0
        case .bit(let signal, let bit): return Double(device.signal(signal) >> Int64(bit) & 1)
        case .bitCount(let signal): return Double(device.signal(signal).nonzeroBitCount)
        case .answers: return 1
        }
    }
}
