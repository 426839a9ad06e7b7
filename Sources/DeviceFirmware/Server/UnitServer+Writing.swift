public import ModbusWire
public import RegisterMaps
public import Units

extension UnitServer {
    /// Functions 5, 6, 15, 16, 22 and 23.
    @inlinable mutating func write<Device: SignalSource & SignalSink>(
        _ request: RequestPDU, _ pdu: Span<UInt8>, at now: Instant, _ firmware: inout Device,
        _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        do throws(RegisterAccessError) {
            switch request {
            case .writeSingleRegister(let address, let word):
                try map.write(
                    .holdingRegisters, address: address, count: 1, word: { _ in word }, to: &firmware, stored: stored,
                    at: now)
                reply.append(contentsOf: pdu)
            case .writeSingleCoil(let address, let isOn):
                try map.write(
                    .coils, address: address, count: 1, word: { _ in isOn ? 1 : 0 }, to: &firmware, stored: stored,
                    at: now)
                reply.append(contentsOf: pdu)
            case .writeMultipleRegisters(let address, let count, let words):
                try map.write(
                    .holdingRegisters, address: address, count: Int(count), word: { words.word($0, of: pdu) ?? 0 },
                    to: &firmware, stored: stored, at: now)
                // The answer is the head of the request (section 6.12).
                reply.append(contentsOf: pdu.extracting(first: 5))
            case .writeMultipleCoils(let address, let count, let bits):
                try map.write(
                    .coils, address: address, count: Int(count), word: { bits.bit($0, of: pdu) == true ? 1 : 0 },
                    to: &firmware, stored: stored, at: now)
                reply.append(contentsOf: pdu.extracting(first: 5))
            case .maskWriteRegister(let address, let andMask, let orMask):
                try maskWrite(address, andMask, orMask, at: now, &firmware)
                reply.append(contentsOf: pdu)
            case .readWriteMultipleRegisters(
                let readAddress, let readCount, let writeAddress, let writeCount, let words):
                // Both spans are checked before anything is written (section 6.17).
                guard map.canRead(.holdingRegisters, address: readAddress, count: Int(readCount)) else {
                    throw .illegalDataAddress
                }
                try map.write(
                    .holdingRegisters, address: writeAddress, count: Int(writeCount),
                    word: { words.word($0, of: pdu) ?? 0 }, to: &firmware, stored: stored, at: now)
                return readWords(.holdingRegisters, request.function, readAddress, readCount, firmware, &reply)
            default: return .illegalFunction
            }
            return nil
        } catch {
            return error.exception
        }
    }

    /// Function 22: (current AND and-mask) OR (or-mask AND NOT and-mask).
    @inlinable mutating func maskWrite<Device: SignalSource & SignalSink>(
        _ address: UInt16, _ andMask: UInt16, _ orMask: UInt16, at now: Instant, _ firmware: inout Device
    ) throws(RegisterAccessError) {
        var current: UInt16 = 0
        try map.read(
            .holdingRegisters, address: address, count: 1, signals: firmware, stored: UnsafeBufferPointer(stored)
        ) { current = $0 }
        let word = (current & andMask) | (orMask & ~andMask)
        try map.write(
            .holdingRegisters, address: address, count: 1, word: { _ in word }, to: &firmware, stored: stored, at: now)
    }
}
