import ModbusWire
import Testing

@Suite struct ReplyVerdictTests {
    func verdict(_ request: RequestPDU, _ reply: String) -> (ReplyVerdict, [UInt16]) {
        var block = RegisterBlock()
        block.append(99)
        let verdict = request.verdict(onReply: octets(reply), words: &block)
        return (verdict, (0..<block.count).map { block[$0] })
    }

    @Test(arguments: SpecificationExample.all)
    func `the specification's response is accepted for its request`(example: SpecificationExample) throws {
        let request = try RequestPDU(decoding: example.request)
        var block = RegisterBlock()
        let verdict = request.verdict(onReply: example.response, words: &block)
        #expect(verdict == .accepted)
    }

    @Test func `registers and bits land in the block`() {
        expectEqual(
            verdict(.readHoldingRegisters(address: 0x6B, count: 3), "03 06 02 2B 00 00 00 64"),
            (.accepted, [0x022B, 0, 0x64]))
        let coils = verdict(.readCoils(address: 0x13, count: 19), "01 03 CD 6B 05")
        #expect(coils == (.accepted, [0x6BCD, 0x0005]))
        var block = RegisterBlock()
        for word in coils.1 { block.append(word) }
        #expect((0..<19).map { block.bit($0) }.filter { $0 }.count == 12)
        #expect(block.bit(18) && !block.bit(17))
    }

    @Test func `the value of one identification object lands in the block as text`() {
        let reply = "2B 0E 04 83 00 00 01 02 05 56 32 2E 31 31"
        expectEqual(
            verdict(.readDeviceIdentification(.individual, object: 2), reply), (.accepted, [0x5632, 0x2E31, 0x3100]))
        expectEqual(verdict(.readDeviceIdentification(.individual, object: 1), reply), (.mismatch(.echo), []))
    }

    @Test func `an exception is told apart from an exception to something else`() {
        let request = RequestPDU.readHoldingRegisters(address: 0, count: 1)
        expectEqual(verdict(request, "83 02"), (.exception(.illegalDataAddress), []))
        expectEqual(
            verdict(request, "84 02"),
            (.mismatch(.function(expected: .readHoldingRegisters, found: .readInputRegisters)), []))
        expectEqual(verdict(request, "83"), (.mismatch(.malformed(.length(expected: 2, found: 1))), []))
    }

    @Test func `a late reply to another quantity is a mismatch`() {
        let request = RequestPDU.readHoldingRegisters(address: 0, count: 2)
        expectEqual(verdict(request, "03 02 00 01"), (.mismatch(.byteCount(expected: 4, found: 2)), []))
        expectEqual(
            verdict(request, "04 04 00 01 00 02"),
            (.mismatch(.function(expected: .readHoldingRegisters, found: .readInputRegisters)), []))
        expectEqual(verdict(request, ""), (.mismatch(.malformed(.empty)), []))
    }

    @Test func `a write is confirmed only by its own echo`() {
        let single = RequestPDU.writeSingleRegister(address: 1, word: 3)
        #expect(verdict(single, "06 00 01 00 03").0 == .accepted)
        #expect(verdict(single, "06 00 01 00 04").0 == .mismatch(.echo))
        let several = RequestPDU.writeMultipleRegisters(address: 1, count: 2)
        #expect(verdict(several, "10 00 01 00 02").0 == .accepted)
        #expect(verdict(several, "10 00 02 00 02").0 == .mismatch(.echo))
        #expect(verdict(several, "90 04").0 == .exception(.serverDeviceFailure))
    }
}
