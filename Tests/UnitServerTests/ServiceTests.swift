import DeviceFirmware
import RegisterMaps
import Testing

@Suite struct ServiceTests {
    let unit = ServerFixture()

    @Test func `exception status comes from its point, or is zero`() {
        unit.firmware.values[5] = 0x126D
        unit.expect("07", "07 00")
        unit.server.exceptionStatusPoint = unit.server.map.index(covering: 5, in: .holdingRegisters)
        unit.expect("07", "07 6D")
        unit.expect("07 00", "87 03")
    }

    @Test func `the echo returns what came`() {
        unit.expect("08 00 00 A5 37", "08 00 00 A5 37")
        unit.expect("08 00 00 A5 37 01 02", "08 00 00 A5 37 01 02")
    }

    @Test func `counters count and are cleared`() {
        unit.expect("03 00 08 00 01", "83 02")
        unit.expect("09", "89 01")
        unit.server.diagnostics.busMessages = 0x0102
        unit.server.diagnostics.busCommunicationErrors = 3
        unit.server.diagnostics.characterOverruns = 4
        unit.server.diagnostics.negativeAcknowledges = 5
        // With this request itself.
        unit.expect("08 00 0B 00 00", "08 00 0B 01 03")
        unit.expect("08 00 0C 00 00", "08 00 0C 00 03")
        unit.expect("08 00 0D 00 00", "08 00 0D 00 02")
        unit.expect("08 00 0E 00 00", "08 00 0E 00 05")
        unit.expect("08 00 0F 00 00", "08 00 0F 00 00")
        unit.expect("08 00 10 00 00", "08 00 10 00 05")
        unit.expect("08 00 11 00 00", "08 00 11 00 00")
        unit.expect("08 00 12 00 00", "08 00 12 00 04")
        unit.expect("08 00 0A 00 00", "08 00 0A 00 00")
        unit.expect("08 00 0B 00 00", "08 00 0B 00 01")
        unit.expect("08 00 0D 00 00", "08 00 0D 00 00")
    }

    @Test func `messages on the bus are counted, answered or not`() {
        unit.expect("03 00 00 00 01", "03 02 00 00")
        unit.expect("09", "89 01")
        #expect(unit.answer(octets("06 00 01 00 03"), isBroadcast: true) == nil)
        unit.expect("08 00 0B 00 00", "08 00 0B 00 04")
    }

    @Test func `sub-functions and data that are not there are refused`() {
        unit.expect("08 00 02 00 00", "88 01")
        unit.expect("08 00 13 00 00", "88 01")
        unit.expect("08 00 0A 00 01", "88 03")
        unit.expect("08 00", "88 03")
    }

    @Test func `a listen-only unit hears nothing but the restart, and comes back silently`() {
        unit.expect("08 00 04 00 00", nil)
        #expect(unit.server.isListenOnly)
        unit.expect("06 00 01 00 03", nil)
        unit.expect("09", nil)
        #expect(unit.firmware.values[1] == 0)
        unit.expect("08 00 01 00 00", nil)
        unit.expect("06 00 01 00 03", "06 00 01 00 03")
        unit.expect("08 00 01 FF 00", "08 00 01 FF 00")
    }

    @Test func `the server identifies itself`() {
        unit.expect("11", "11 11 42 FF 42 75 73 62 61 72 20 50 4D 2D 31 20 31 2E 30")
    }

    @Test func `there are no files and no queues`() {
        unit.expect("14 07 06 00 04 00 01 00 02", "94 02")
        unit.expect("14 06 06 00 04 00 01 00", "94 03")
        unit.expect("15 09 06 00 04 00 07 00 01 06 AF", "95 02")
        unit.expect("15 09 06 00 04 00 07 00 02 06 AF", "95 03")
        unit.expect("18 04 DE", "98 02")
    }

    @Test func `the basic stream has three objects`() {
        let basic = "03 00 06 42 75 73 62 61 72 01 04 50 4D 2D 31 02 03 31 2E 30"
        unit.expect("2B 0E 01 00", "2B 0E 01 82 00 00 " + basic)
        unit.expect("2B 0E 01 02", "2B 0E 01 82 00 00 01 02 03 31 2E 30")
        // An object that the stream does not have starts it anew.
        unit.expect("2B 0E 01 04", "2B 0E 01 82 00 00 " + basic)
    }

    @Test func `the regular stream goes on behind the basic one`() {
        unit.expect("2B 0E 02 02", "2B 0E 02 82 00 00 02 02 03 31 2E 30 04 07 4D 6F 6E 69 74 6F 72")
    }

    @Test func `a device with the three basic objects alone says so, whatever stream is asked for`() {
        let objects = "00 06 42 75 73 62 61 72 01 04 50 4D 2D 31 02 03 31 2E 30"
        let unit = ServerFixture(hasRegularObject: false)
        unit.expect("2B 0E 01 00", "2B 0E 01 81 00 00 03 " + objects)
        unit.expect("2B 0E 03 80", "2B 0E 03 81 00 00 03 " + objects)
    }

    @Test func `one object is read by its number`() {
        unit.expect("2B 0E 04 01", "2B 0E 04 82 00 00 01 01 04 50 4D 2D 31")
        unit.expect("2B 0E 04 03", "AB 02")
        unit.expect("2B 0E 05 00", "AB 03")
        unit.expect("2B 0E 00 00", "AB 03")
    }

    @Test func `what does not fit follows in the next answer`() throws {
        let unit = ServerFixture(extraObject: (0x80, 230), secondExtraObject: (0x81, 244))
        let first = try #require(unit.answer(octets("2B 0E 03 00")))
        #expect(Array(first[0..<7]) == octets("2B 0E 03 83 FF 80 04"))
        let second = try #require(unit.answer(octets("2B 0E 03 80")))
        #expect(Array(second[0..<9]) == octets("2B 0E 03 83 FF 81 01 80 E6"))
        let third = try #require(unit.answer(octets("2B 0E 03 81")))
        #expect(Array(third[0..<9]) == octets("2B 0E 03 83 00 00 01 81 F4"))
        #expect(third.count == 253)
    }

    @Test func `a restart forgets what is volatile`() {
        unit.expect("06 00 04 00 63", "06 00 04 00 63")
        unit.expect("08 00 04 00 00", nil)
        unit.server.restart()
        unit.expect("03 00 04 00 01", "03 02 00 07")
        #expect(unit.server.diagnostics.serverMessages == 1)
    }
}
