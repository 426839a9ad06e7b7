internal import ModbusWire
internal import RackControl

/// What the answers look like that units of a serial line still owe.
///
/// Nothing in a serial answer says which request it belongs to; a read of registers is told from an owed one by its
/// quantity alone. While a unit owes a read of n registers, another read of n must not be sent to it: first a read of
/// another quantity. Since a device answers in the order in which it is asked, the answer to that one ends the debt.
struct OwedShapes {
    /// Bit n of a unit: an answer of n registers is owed.
    private var quantities = [UInt128](repeating: 0, count: 256)
    /// Echoes of writes, and texts. They name what they answer, so that they need only be expected.
    private var others = [Int](repeating: 0, count: 256)

    func isOwed(by unit: UInt8) -> Bool { quantities[Int(unit)] != 0 || others[Int(unit)] > 0 }

    mutating func expect(_ request: BusRequest, from unit: UInt8) {
        if case .readRegisters(_, _, let count) = request {
            quantities[Int(unit)] |= 1 << UInt128(count)
        } else {
            others[Int(unit)] += 1
        }
    }

    /// All that was owed has come, or never will.
    mutating func settle(_ unit: UInt8) {
        quantities[Int(unit)] = 0
        others[Int(unit)] = 0
    }

    /// An exception has come while something was owed: it answers `request` or an earlier one, so that at most the answer
    /// to `request` is still to come.
    mutating func settle(_ unit: UInt8, allBut request: BusRequest) {
        settle(unit)
        expect(request, from: unit)
    }

    /// An answer that was owed has come.
    mutating func take(_ frame: borrowing FrameBuffer) {
        let unit = Int(frame[0])
        switch FunctionCode(rawValue: frame[1]) {
        case .readHoldingRegisters, .readInputRegisters: quantities[unit] &= ~(1 << UInt128(frame[2] / 2))
        case let function where function.isException:
            if quantities[unit].nonzeroBitCount + others[unit] == 1 { settle(frame[0]) }
        default: others[unit] = max(0, others[unit] - 1)
        }
    }

    /// The quantity of a read that must go first, nil when `request` can be told from all that is owed.
    func quantityBefore(_ request: BusRequest, to unit: UInt8) -> UInt16? {
        let owed = quantities[Int(unit)]
        guard case .readRegisters(_, _, let count) = request, owed & 1 << UInt128(count) != 0 else { return nil }
        // Smaller ones exist in the device's map, larger ones may not: an exception would tell as well.
        let all = (1...UInt16(ProtocolLimits.registersPerRead))
        return all.first { owed & 1 << UInt128($0) == 0 }
    }
}
