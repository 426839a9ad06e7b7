import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct DataAccessTests {
    let unit = ServerFixture()

    @Test func `coils and discrete inputs are packed from the lowest bit`() {
        for number in [0, 2, 3, 9] { unit.firmware.values[number] = 1 }
        unit.expect("01 00 00 00 0A", "01 02 0D 02")
        unit.expect("02 00 00 00 08", "02 01 0D")
        unit.expect("01 00 09 00 01", "01 01 01")
    }

    @Test func `registers of both tables are read`() {
        unit.firmware.values[1] = 0x022B
        unit.firmware.values[6] = 0x0001_E240
        unit.expect("04 00 00 00 02", "04 04 00 00 02 2B")
        unit.expect("03 00 01 00 07", "03 0E 02 2B 00 00 00 00 00 07 00 00 00 01 E2 40")
    }

    @Test func `single writes are echoed and done`() {
        unit.now = .start + .milliseconds(5)
        unit.expect("06 00 01 00 03", "06 00 01 00 03")
        #expect(unit.firmware.values[1] == 3)
        #expect(unit.firmware.lastWrite == unit.now)
        unit.expect("05 00 09 FF 00", "05 00 09 FF 00")
        #expect(unit.firmware.values[9] == 1)
        unit.expect("05 00 09 00 00", "05 00 09 00 00")
        #expect(unit.firmware.values[9] == 0)
        unit.expect("05 00 14 FF 00", "05 00 14 FF 00")
        unit.expect("01 00 14 00 01", "01 01 01")
    }

    @Test func `multiple writes are done and answered with their head`() {
        unit.expect("0F 00 00 00 0A 02 CD 01", "0F 00 00 00 0A")
        #expect(unit.firmware.values[0..<10] == [1, 0, 1, 1, 0, 0, 1, 1, 1, 0])
        unit.expect("10 00 03 00 02 04 00 0A 01 02", "10 00 03 00 02")
        #expect(unit.firmware.values[3] == 10)
        unit.expect("03 00 04 00 01", "03 02 01 02")
        unit.expect("10 00 06 00 02 04 00 01 E2 40", "10 00 06 00 02")
        #expect(unit.firmware.values[6] == 0x0001_E240)
    }

    @Test func `a mask write combines as the specification's example`() {
        unit.expect("06 00 04 00 12", "06 00 04 00 12")
        unit.expect("16 00 04 00 F2 00 25", "16 00 04 00 F2 00 25")
        unit.expect("03 00 04 00 01", "03 02 00 17")
    }

    @Test func `a read and write writes first`() {
        unit.expect("17 00 03 00 02 00 03 00 02 04 00 FF 00 0B", "17 04 00 FF 00 0B")
    }

    @Test(arguments: [
        // Function, then quantity, then address, then value.
        ("09 00 00", "89 01"), ("83 00", "83 01"), ("2B 0D 00", "AB 01"),
        ("03 00 00 00 00", "83 03"), ("03 FF FF 00 00", "83 03"), ("03 00 00 00 7E", "83 03"),
        ("03 00 00 00", "83 03"), ("03 00 00 00 01 00", "83 03"),
        ("03 00 08 00 01", "83 02"), ("03 FF FF 00 02", "83 02"), ("03 00 00 00 09", "83 02"),
        ("04 00 04 00 01", "84 02"), ("01 00 09 00 02", "81 02"), ("02 00 0A 00 01", "82 02"),
        ("01 00 00 07 D1", "81 03"), ("05 00 0A FF 00", "85 02"), ("05 00 0A 12 34", "85 03"),
        ("06 00 05 00 01", "86 02"), ("06 00 06 00 01", "86 02"), ("06 00 00 03 E9", "86 03"),
        ("10 00 00 00 02 03 00 01 00", "90 03"), ("10 00 00 00 01 02 03 E9", "90 03"),
        ("10 00 05 00 01 02 03 E9", "90 02"), ("0F 00 0A 00 01 01 01", "8F 02"),
        ("16 00 05 00 00 00 00", "96 02"), ("16 00 00 00 00 FF FF", "96 03"),
        ("17 00 08 00 01 00 00 00 01 02 00 01", "97 02"), ("17 00 00 00 01 00 05 00 01 02 00 01", "97 02"),
        ("17 00 00 00 00 00 00 00 01 02 00 01", "97 03"),
    ])
    func `what is wrong first decides the exception, and nothing is written`(request: String, exception: String) {
        unit.expect(request, exception)
        #expect(unit.firmware.lastWrite == .never)
        #expect(unit.server.diagnostics.exceptionErrors == 1)
    }

    @Test func `the firmware's verdict becomes the exception`() {
        unit.firmware.verdicts[0] = .busy
        unit.firmware.verdicts[1] = .failed
        unit.firmware.verdicts[2] = .protected
        unit.firmware.verdicts[3] = .illegalValue
        unit.expect("06 00 00 00 01", "86 06")
        unit.expect("06 00 01 00 01", "86 04")
        unit.expect("06 00 02 00 01", "86 02")
        unit.expect("06 00 03 00 01", "86 03")
        #expect(unit.server.diagnostics.busyResponses == 1)
    }

    @Test func `a broadcast write is done without an answer, a broadcast read is not`() {
        #expect(unit.answer(octets("06 00 01 00 03"), isBroadcast: true) == nil)
        #expect(unit.firmware.values[1] == 3)
        #expect(unit.answer(octets("06 00 0A 00 03"), isBroadcast: true) == nil)
        #expect(unit.answer(octets("03 00 01 00 01"), isBroadcast: true) == nil)
        #expect(unit.answer(octets("09"), isBroadcast: true) == nil)
        #expect(unit.server.diagnostics.exceptionErrors == 0)
        #expect(unit.server.diagnostics.noResponses == 4)
    }

    @Test func `any octets at all are survived`() {
        unit.expect("", nil)
        var state: UInt32 = 7
        for _ in 0..<5000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            var request: [UInt8] = []
            for _ in 0..<Int(state >> 24) {
                state = state &* 1_664_525 &+ 1_013_904_223
                request.append(UInt8(truncatingIfNeeded: state >> 22) & (request.isEmpty ? 0x1F : 0x0F))
            }
            if let answer = unit.answer(request) { #expect(answer[0] & 0x7F == request[0]) }
        }
    }
}
