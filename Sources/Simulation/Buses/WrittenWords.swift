internal import ModbusWire
internal import RegisterMaps

/// What a request wants to write: the table, the first address, and the words or bits from there on.
struct WrittenWords {
    let table: RegisterTable
    let address: UInt16
    /// Empty for function 22, which states no word.
    private(set) var words: [UInt16] = []
    private(set) var count = 1
    /// What function 23 wants to read; a device looks at it before the writing.
    private(set) var readAddresses: Range<Int>?

    /// `nil` for a request that writes no register and no coil.
    init?(_ pdu: Span<UInt8>) {
        guard let request = try? RequestPDU(decoding: pdu) else { return nil }
        switch request {
        case .writeSingleRegister(let address, let word):
            (table, self.address) = (.holdingRegisters, address)
            words = [word]
        case .writeMultipleRegisters(let address, let count, let range),
            .readWriteMultipleRegisters(_, _, let address, let count, let range):
            if case .readWriteMultipleRegisters(let readAddress, let readCount, _, _, _) = request {
                readAddresses = Int(readAddress)..<Int(readAddress) + Int(readCount)
            }
            (table, self.address) = (.holdingRegisters, address)
            self.count = Int(count)
            for index in 0..<Int(count) { words.append(range.word(index, of: pdu) ?? 0) }
        case .maskWriteRegister(let address, _, _): (table, self.address) = (.holdingRegisters, address)
        case .writeSingleCoil(let address, let isOn):
            (table, self.address) = (.coils, address)
            words = [isOn ? 1 : 0]
        case .writeMultipleCoils(let address, let count, let bits):
            (table, self.address) = (.coils, address)
            self.count = Int(count)
            for index in 0..<Int(count) { words.append(bits.bit(index, of: pdu) == true ? 1 : 0) }
        default: return nil
        }
    }

    /// The word for this address; `nil` where none is stated.
    func word(at address: Int) -> UInt16? {
        let index = address - Int(self.address)
        return words.indices.contains(index) ? words[index] : nil
    }

    /// Every address that is to be written.
    var addresses: Range<Int> { Int(address)..<Int(address) + count }
}
