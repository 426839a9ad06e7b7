public import ModbusWire
public import RegisterMaps

extension UnitServer {
    /// Functions 3 and 4.
    @inlinable func readWords<Device: SignalSource>(
        _ table: RegisterTable, _ function: FunctionCode, _ address: UInt16, _ count: UInt16,
        _ firmware: borrowing Device, _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        reply.append(function.rawValue)
        reply.append(UInt8(truncatingIfNeeded: 2 * count))
        do throws(RegisterAccessError) {
            try map.read(
                table, address: address, count: Int(count), signals: firmware, stored: UnsafeBufferPointer(stored)
            ) { word in reply.append(word) }
            return nil
        } catch {
            return error.exception
        }
    }

    /// Functions 1 and 2: eight to an octet, the first in the least significant bit, the last octet filled with zeros.
    @inlinable func readBits<Device: SignalSource>(
        _ table: RegisterTable, _ function: FunctionCode, _ address: UInt16, _ count: UInt16,
        _ firmware: borrowing Device, _ reply: inout FrameBuffer
    ) -> ExceptionCode? {
        reply.append(function.rawValue)
        reply.append(UInt8(truncatingIfNeeded: (count + 7) / 8))
        var octet: UInt8 = 0
        var place: UInt8 = 0
        do throws(RegisterAccessError) {
            try map.read(
                table, address: address, count: Int(count), signals: firmware, stored: UnsafeBufferPointer(stored)
            ) { bit in
                octet |= UInt8(truncatingIfNeeded: bit & 1) << place
                place += 1
                if place == 8 {
                    reply.append(octet)
                    octet = 0
                    place = 0
                }
            }
        } catch {
            return error.exception
        }
        if place > 0 { reply.append(octet) }
        return nil
    }

    /// Function 7.
    @inlinable func exceptionStatus<Device: SignalSource>(_ firmware: borrowing Device) -> UInt8 {
        guard let index = exceptionStatusPoint, map.points.indices.contains(index) else { return 0 }
        let point = map.points[index]
        var last: UInt16 = 0
        var first: UInt16?
        // A device that cannot read its own point reports nothing.
        try? map.read(
            point.table, address: point.address, count: Int(point.wordCount), signals: firmware,
            stored: UnsafeBufferPointer(stored)
        ) { word in
            if first == nil { first = word }
            last = word
        }
        let lowest = point.wordOrder == .highWordFirst ? last : first ?? 0
        return UInt8(truncatingIfNeeded: lowest)
    }
}
