import ModbusWire
import Testing

@Suite struct RequestPDUTests {
    static let expected: [RequestPDU] = [
        .readCoils(address: 0x13, count: 0x13),
        .readDiscreteInputs(address: 0xC4, count: 0x16),
        .readHoldingRegisters(address: 0x6B, count: 3),
        .readInputRegisters(address: 8, count: 1),
        .writeSingleCoil(address: 0xAC, isOn: true),
        .writeSingleRegister(address: 1, word: 3),
        .readExceptionStatus,
        .diagnostics(.returnQueryData, data: PayloadRange(offset: 3, count: 2)),
        .writeMultipleCoils(address: 0x13, count: 10, bits: PayloadRange(offset: 6, count: 2)),
        .writeMultipleRegisters(address: 1, count: 2, words: PayloadRange(offset: 6, count: 4)),
        .reportServerIdentifier,
        .readFileRecord(subrequests: PayloadRange(offset: 2, count: 14)),
        .writeFileRecord(records: PayloadRange(offset: 2, count: 13)),
        .maskWriteRegister(address: 4, andMask: 0xF2, orMask: 0x25),
        .readWriteMultipleRegisters(
            readAddress: 3, readCount: 6, writeAddress: 14, writeCount: 3, words: PayloadRange(offset: 10, count: 6)),
        .readFIFOQueue(pointer: 0x04DE),
        .readDeviceIdentification(.basic, object: 0),
    ]

    @Test(arguments: zip(SpecificationExample.all, expected))
    func `the specification's request is read and written as printed`(
        example: SpecificationExample, expected: RequestPDU
    ) throws {
        #expect(try RequestPDU(decoding: example.request) == expected)
        var frame = FrameBuffer()
        try expected.encode(payloadFrom: example.request, into: &frame)
        #expect(frame.array == example.request)
    }

    @Test(arguments: SpecificationExample.all)
    func `no truncated request is taken, and no overlong one`(example: SpecificationExample) {
        for length in 0..<example.request.count {
            #expect(throws: PDUError.self) { try RequestPDU(decoding: Array(example.request.prefix(length))) }
        }
        let overlong = example.request + [0]
        #expect(throws: PDUError.self) { try RequestPDU(decoding: overlong) }
    }

    @Test(arguments: SpecificationExample.all)
    func `a request with a flipped bit is refused or says exactly what stands there`(example: SpecificationExample) {
        for bit in 0..<(8 * example.request.count) {
            let octets = flipped(example.request, bit: bit)
            guard let request = try? RequestPDU(decoding: octets) else { continue }
            var frame = FrameBuffer()
            #expect(throws: Never.self) { try request.encode(payloadFrom: octets, into: &frame) }
            #expect(frame.array == octets)
        }
    }

    @Test func `quantities outside the limits are refused with the limit`() {
        expectRefusal("01 00 00 07 D1", .quantity(highest: 2000, found: 2001))
        expectRefusal("03 00 00 00 00", .quantity(highest: 125, found: 0))
        expectRefusal("04 00 00 00 7E", .quantity(highest: 125, found: 126))
        expectRefusal("0F 00 00 07 B1 F6", .quantity(highest: 1968, found: 1969))
        expectRefusal("10 00 00 00 7C F8", .quantity(highest: 123, found: 124))
        expectRefusal("17 00 00 00 01 00 00 00 7A F4", .quantity(highest: 121, found: 122))
        expectRefusal("14 F6", .quantity(highest: 245, found: 246))
        expectRefusal("14 08 06 00 04 00 01 00 02 06", .quantity(highest: 245, found: 8))
        expectRefusal("15 08", .quantity(highest: 251, found: 8))
    }

    @Test func `wrong byte counts and values are refused with what was found`() {
        expectRefusal("10 00 01 00 02 03 00 0A 01", .byteCount(expected: 4, found: 3))
        expectRefusal("0F 00 13 00 0A 01 CD", .byteCount(expected: 2, found: 1))
        expectRefusal("05 00 AC 00 FF", .value(found: 0x00FF))
        expectRefusal("2B 0E 05 00", .value(found: 5))
        expectRefusal("08 00 0A 00 01", .value(found: 1))
        expectRefusal("15 0D 06 00 04 00 07 00 04 06 AF 04 BE 10 0D", .byteCount(expected: 0, found: 13))
    }

    @Test func `functions and sub-functions that nobody knows are told apart`() {
        expectRefusal("09", .unknownFunction(FunctionCode(rawValue: 9)))
        expectRefusal("83 02", .unknownFunction(FunctionCode(rawValue: 0x83)))
        expectRefusal("2B 0D 00 00", .unknownFunction(.encapsulatedInterface))
        expectRefusal("08 00 13 00 00", .unknownSubfunction(19))
        #expect(PDUError.unknownSubfunction(19).serverException == .illegalFunction)
        #expect(PDUError.quantity(highest: 125, found: 0).serverException == .illegalDataValue)
        #expect(PDUError.empty.serverException == nil)
    }

    @Test(arguments: [0, 1, 4, 10, 11, 12, 13, 14, 15, 16, 17, 18])
    func `every diagnostic sub-function of the specification is known`(number: UInt16) throws {
        let octets: [UInt8] = [8, 0, UInt8(number), 0, 0]
        let subfunction = try #require(DiagnosticSubfunction(rawValue: number))
        let request = RequestPDU.diagnostics(subfunction, data: PayloadRange(offset: 3, count: 2))
        #expect(try RequestPDU(decoding: octets) == request)
        var frame = FrameBuffer()
        try RequestPDU.diagnostics(subfunction, data: .empty).encode(into: &frame)
        #expect(frame.array == octets)
    }

    @Test func `a controller writes from a block of words`() throws {
        var block = RegisterBlock()
        block.append(0x01CD)
        var frame = FrameBuffer()
        try RequestPDU.writeMultipleCoils(address: 0x13, count: 10).encode(words: block, into: &frame)
        #expect(frame.array == octets("0F 00 13 00 0A 02 CD 01"))

        block.removeAll()
        block.append(0x000A)
        block.append(0x0102)
        frame.removeAll()
        try RequestPDU.writeMultipleRegisters(address: 1, count: 2).encode(words: block, into: &frame)
        #expect(frame.array == octets("10 00 01 00 02 04 00 0A 01 02"))
    }

    @Test func `a request that cannot be sent leaves the frame as it was`() {
        var frame = FrameBuffer()
        frame.beginRTU(unit: 1)
        let block = RegisterBlock()
        #expect(throws: PDUError.byteCount(expected: 4, found: 0)) {
            try RequestPDU.writeMultipleRegisters(address: 1, count: 2).encode(words: block, into: &frame)
        }
        #expect(throws: PDUError.quantity(highest: 125, found: 126)) {
            try RequestPDU.readHoldingRegisters(address: 1, count: 126).encode(into: &frame)
        }
        #expect(frame.array == [1])
    }

    @Test func `sub-requests and records of files are walked`() throws {
        let read = octets("14 0E 06 00 04 00 01 00 02 06 00 03 00 09 00 02")
        guard case .readFileRecord(let payload) = try RequestPDU(decoding: read) else {
            Issue.record("not a file read")
            return
        }
        #expect(
            FileRecordRequest(at: 7, in: payload, of: read) == FileRecordRequest(file: 3, record: 9, wordCount: 2))
        #expect(FileRecordRequest(at: 14, in: payload, of: read) == nil)

        let write = octets("15 0D 06 00 04 00 07 00 03 06 AF 04 BE 10 0D")
        guard case .writeFileRecord(let records) = try RequestPDU(decoding: write) else {
            Issue.record("not a file write")
            return
        }
        var walker = FileRecordWalker(records)
        let next = walker.next(in: write.span)
        let record = try #require(next)
        #expect(record.request == FileRecordRequest(file: 4, record: 7, wordCount: 3))
        #expect(record.words.word(2, of: write) == 0x100D)
        #expect(record.words.word(3, of: write) == nil)
        let last = walker.next(in: write.span)
        #expect(last == nil && walker.isAtEnd)
    }

    @Test func `a payload range never reaches beyond the view that it is given`() {
        let view: [UInt8] = [1, 2, 3]
        let range = PayloadRange(offset: 2, count: 4)
        #expect(range.octet(0, of: view) == 3)
        #expect(range.octet(1, of: view) == nil)
        #expect(range.word(0, of: view) == nil)
        #expect(range.bit(8, of: view) == nil)
        #expect(range.octet(-1, of: view) == nil)
        #expect(range.octets(of: view).count == 0)
    }

    func expectRefusal(_ text: String, _ error: PDUError) {
        #expect(throws: error) { try RequestPDU(decoding: octets(text)) }
    }
}
