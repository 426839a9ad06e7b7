import ModbusWire
import Testing

@Suite struct ResponsePDUTests {
    static let expected: [ResponsePDU] = [
        .bits(.readCoils, PayloadRange(offset: 2, count: 3)),
        .bits(.readDiscreteInputs, PayloadRange(offset: 2, count: 3)),
        .registers(.readHoldingRegisters, PayloadRange(offset: 2, count: 6)),
        .registers(.readInputRegisters, PayloadRange(offset: 2, count: 2)),
        .writeSingleCoil(address: 0xAC, isOn: true),
        .writeSingleRegister(address: 1, word: 3),
        .exceptionStatus(0x6D),
        .diagnostics(.returnQueryData, data: PayloadRange(offset: 3, count: 2)),
        .writeMultipleCoils(address: 0x13, count: 10),
        .writeMultipleRegisters(address: 1, count: 2),
        .serverIdentifier(PayloadRange(offset: 2, count: 2)),
        .fileRecords(PayloadRange(offset: 2, count: 12)),
        .fileRecordsWritten(PayloadRange(offset: 2, count: 13)),
        .maskWriteRegister(address: 4, andMask: 0xF2, orMask: 0x25),
        .registers(.readWriteMultipleRegisters, PayloadRange(offset: 2, count: 12)),
        .fifoQueue(PayloadRange(offset: 5, count: 4)),
        .deviceIdentification(
            IdentificationResponse(
                access: .basic, conformity: 1, moreFollows: false, nextObject: 0, objectCount: 3,
                objects: PayloadRange(offset: 7, count: 48))),
    ]

    @Test(arguments: zip(SpecificationExample.all, expected))
    func `the specification's response is read and written as printed`(
        example: SpecificationExample, expected: ResponsePDU
    ) throws {
        #expect(try ResponsePDU(decoding: example.response) == expected)
        var frame = FrameBuffer()
        try expected.encode(payloadFrom: example.response, into: &frame)
        #expect(frame.array == example.response)
    }

    @Test(arguments: SpecificationExample.all)
    func `no truncated response is taken, and no overlong one`(example: SpecificationExample) {
        for length in 0..<example.response.count {
            #expect(throws: PDUError.self) {
                try ResponsePDU(decoding: Array(example.response.prefix(length)))
            }
        }
        let overlong = example.response + [0]
        #expect(throws: PDUError.self) { try ResponsePDU(decoding: overlong) }
    }

    @Test(arguments: SpecificationExample.all)
    func `a response with a flipped bit is refused or says exactly what stands there`(example: SpecificationExample) {
        for bit in 0..<(8 * example.response.count) {
            let octets = flipped(example.response, bit: bit)
            guard let response = try? ResponsePDU(decoding: octets) else { continue }
            var frame = FrameBuffer()
            #expect(throws: Never.self) { try response.encode(payloadFrom: octets, into: &frame) }
            #expect(frame.array == octets)
        }
    }

    @Test func `the exception of section 7 is read and written as printed`() throws {
        let printed = octets("81 02")
        let exception = ResponsePDU.exception(.readCoils, .illegalDataAddress)
        #expect(try ResponsePDU(decoding: printed) == exception)
        var frame = FrameBuffer()
        try exception.encode(into: &frame)
        #expect(frame.array == printed)
    }

    @Test func `every exception code of the specification has its number`() {
        let codes: [ExceptionCode] = [
            .illegalFunction, .illegalDataAddress, .illegalDataValue, .serverDeviceFailure, .acknowledge,
            .serverDeviceBusy, .memoryParityError, .gatewayPathUnavailable, .gatewayTargetFailedToRespond,
        ]
        #expect(codes.map(\.rawValue) == [1, 2, 3, 4, 5, 6, 8, 0x0A, 0x0B])
    }

    @Test func `a FIFO has 0 to 31 registers`() throws {
        let none = octets("18 00 02 00 00")
        #expect(try ResponsePDU(decoding: none) == .fifoQueue(PayloadRange(offset: 5, count: 0)))
        let full = octets("18 00 40 00 1F") + [UInt8](repeating: 0, count: 62)
        #expect(try ResponsePDU(decoding: full) == .fifoQueue(PayloadRange(offset: 5, count: 62)))
        let tooMany = octets("18 00 42 00 20") + [UInt8](repeating: 0, count: 64)
        #expect(throws: PDUError.quantity(highest: 31, found: 32)) { try ResponsePDU(decoding: tooMany) }
    }

    @Test func `an object is found in an identification response`() throws {
        let example = try #require(SpecificationExample.all.last)
        guard case .deviceIdentification(let found) = try ResponsePDU(decoding: example.response) else {
            Issue.record("not an identification")
            return
        }
        let revision = try #require(found.value(ofObject: 2, in: example.response))
        let text = (0..<Int(revision.count)).compactMap { revision.octet($0, of: example.response) }
        #expect(text == Array("V2.11".utf8))
        #expect(found.value(ofObject: 3, in: example.response) == nil)
    }
}
