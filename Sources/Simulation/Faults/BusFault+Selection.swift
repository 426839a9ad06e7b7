internal import ModbusWire
internal import Scenario

/// Which requests a fault is meant for.
extension BusFault {
    /// `pdu` is never empty.
    func concerns(bus: Int, unit: UInt8, pdu: Span<UInt8>) -> Bool {
        guard self.bus == bus, units.isEmpty || units.contains(where: { $0.contains(unit) }),
            functions.isEmpty || functions.contains(where: { $0.contains(pdu[0]) })
        else { return false }
        if case .fewerRegisters = kind, !FunctionCode(rawValue: pdu[0]).readsRegisters { return false }
        guard !addresses.isEmpty else { return true }
        guard let request = try? RequestPDU(decoding: pdu) else { return false }
        let touched = request.touchedAddresses
        return addresses.contains { wanted in
            touched.first.map { Self.overlap(wanted, $0) } ?? false
                || touched.second.map { Self.overlap(wanted, $0) } ?? false
        }
    }

    private static func overlap(_ wanted: ClosedRange<UInt16>, _ touched: ClosedRange<Int>) -> Bool {
        Int(wanted.lowerBound) <= touched.upperBound && touched.lowerBound <= Int(wanted.upperBound)
    }
}

extension RequestPDU {
    /// The registers or bits that the request reads or writes; function 23 has two ranges, and some have none.
    var touchedAddresses: (first: ClosedRange<Int>?, second: ClosedRange<Int>?) {
        func range(_ address: UInt16, _ count: UInt16) -> ClosedRange<Int> {
            Int(address)...(Int(address) + max(1, Int(count)) - 1)
        }
        switch self {
        case .readCoils(let address, let count), .readDiscreteInputs(let address, let count),
            .readHoldingRegisters(let address, let count), .readInputRegisters(let address, let count),
            .writeMultipleCoils(let address, let count, _), .writeMultipleRegisters(let address, let count, _):
            return (range(address, count), nil)
        case .writeSingleCoil(let address, _), .writeSingleRegister(let address, _),
            .maskWriteRegister(let address, _, _), .readFIFOQueue(let address):
            return (range(address, 1), nil)
        case .readWriteMultipleRegisters(let readAddress, let readCount, let writeAddress, let writeCount, _):
            return (range(readAddress, readCount), range(writeAddress, writeCount))
        case .readExceptionStatus, .diagnostics, .reportServerIdentifier, .readFileRecord, .writeFileRecord,
            .readDeviceIdentification:
            return (nil, nil)
        }
    }
}
