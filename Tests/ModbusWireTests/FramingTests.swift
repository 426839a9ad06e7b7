import ModbusWire
import Testing
import Units

@Suite struct FramingTests {
    @Test(arguments: SpecificationExample.all)
    func `no serial frame survives a truncation or a flipped bit`(example: SpecificationExample) throws {
        for pdu in [example.request, example.response] {
            let adu = serialFrame(unit: 250, pdu)
            let frame = try RTUFrame(decoding: adu)
            #expect(frame.unit == 250)
            #expect(frame.pdu == PayloadRange(offset: 1, count: pdu.count))
            for length in 0..<adu.count {
                #expect(throws: RTUFrameError.self) { try RTUFrame(decoding: Array(adu.prefix(length))) }
            }
            for bit in 0..<(8 * adu.count) {
                let bad = flipped(adu, bit: bit)
                #expect(throws: RTUFrameError.self) { try RTUFrame(decoding: bad) }
            }
        }
    }

    @Test func `a wrong checksum is reported with the right one`() {
        #expect(throws: RTUFrameError.checksum(expected: 0x1241, found: 0x1341)) {
            try RTUFrame(decoding: octets("02 07 41 13"))
        }
        #expect(throws: RTUFrameError.length(found: 3)) { try RTUFrame(decoding: octets("02 07 41")) }
    }

    @Test(arguments: SpecificationExample.all)
    func `length is predicted with no octet too many and none too few`(example: SpecificationExample) {
        for (pdu, direction) in [(example.request, FrameDirection.requests), (example.response, .responses)] {
            let adu = serialFrame(unit: 1, pdu)
            for length in 0..<adu.count {
                let prediction = RTUFrameLength(of: Array(adu.prefix(length)), direction: direction)
                guard case .incomplete(let missing) = prediction else {
                    Issue.record("\(length) octets of \(adu.count): \(prediction)")
                    continue
                }
                #expect(missing >= 1 && length + missing <= adu.count)
            }
            #expect(RTUFrameLength(of: adu, direction: direction) == .complete(adu.count))
            let more = adu + [1, 2, 3]
            #expect(RTUFrameLength(of: more, direction: direction) == .complete(adu.count))
        }
    }

    @Test func `functions that nobody knows have no predictable length`() {
        #expect(RTUFrameLength(of: octets("01 41 00"), direction: .requests) == .unknown)
        #expect(RTUFrameLength(of: octets("01 41 00"), direction: .responses) == .unknown)
        #expect(RTUFrameLength(of: octets("01 C1 01 00 00"), direction: .responses) == .complete(5))
    }

    @Test func `the silences follow the specification`() {
        let slow = SerialLineTiming(baud: 9600)
        #expect(slow.character == .nanoseconds(1_145_834))
        #expect(slow.betweenCharacters == .nanoseconds(1_718_750))
        #expect(slow.betweenFrames == .nanoseconds(4_010_417))
        #expect(SerialLineTiming(baud: 19_200).betweenFrames == .nanoseconds(2_005_209))
        let fast = SerialLineTiming(baud: 115_200)
        #expect(fast.betweenCharacters == .microseconds(750))
        #expect(fast.betweenFrames == .microseconds(1_750))
    }

    @Test func `the MBAP example of the TCP guide is read and written as printed`() throws {
        let printed = octets("15 01 00 00 00 06 FF 03 00 04 00 01")
        #expect(
            try MBAPHeader(decoding: printed) == MBAPHeader(transaction: 0x1501, unit: 0xFF, pduLength: 5))
        var frame = FrameBuffer()
        frame.beginTCP(transaction: 0x1501, unit: 0xFF)
        try RequestPDU.readHoldingRegisters(address: 4, count: 1).encode(into: &frame)
        frame.endTCP()
        #expect(frame.array == printed)
        #expect(try RequestPDU(decoding: frame.tcpArray) == .readHoldingRegisters(address: 4, count: 1))
    }

    @Test func `an MBAP header that is not Modbus is refused with what was found`() {
        expectViolation("00 01 00 01 00 06 01", .protocolIdentifier(found: 1))
        expectViolation("00 01 00 00 00 01 01", .lengthField(found: 1))
        expectViolation("00 01 00 00 00 FF 01", .lengthField(found: 255))
        expectViolation("00 01 00 00 00 06", .truncated(expected: 7, found: 6))
        #expect(throws: Never.self) { try MBAPHeader(decoding: octets("00 01 00 00 00 FE 01")) }
        #expect(throws: Never.self) { try MBAPHeader(decoding: octets("00 01 00 00 00 02 01")) }
    }

    func expectViolation(_ text: String, _ error: MBAPError) {
        #expect(throws: error) { try MBAPHeader(decoding: octets(text)) }
    }
}
