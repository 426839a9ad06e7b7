import DeviceSpecs
import ModbusWire
import Scenario
import Testing
import Units

@testable import Simulation

/// Unit 16 is a busbar-pm-1: serial-number is eight words at 0x48.
@Suite struct SerialNumberTests {
    /// What the device itself answers to a read of its serial number.
    private func serial(of path: String, in run: RackSimulation) throws -> String {
        var reply = FrameBuffer()
        let request: [UInt8] = [3, 0, 0x48, 0, 8]
        run.devices[try run.device(path)].respond(to: request.span, at: run.now, reply: &reply)
        try #require(reply.count == 18)
        return String(decoding: (2..<18).map { reply[$0] }.prefix { $0 != 0 }, as: UTF8.self)
    }

    @Test func `every device has digits of its own, the same in every run`() throws {
        let run = RackSimulation(try SmallRack.scenario(rack: SmallRack.rack()))
        run.advance(to: 1)
        let serials = try ["tray-1/monitor", "tray-2/monitor"].map { try serial(of: $0, in: run) }
        #expect(serials[0] != serials[1])
        #expect(serials.allSatisfy { $0.count == 10 && $0.allSatisfy(\.isNumber) })
        let again = RackSimulation(try SmallRack.scenario(rack: SmallRack.rack()))
        again.advance(to: 1)
        #expect(try serial(of: "tray-1/monitor", in: again) == serials[0])
        #expect(try serial(of: "tray-1/monitor", in: run) != "000000")
    }

    @Test func `a serial number that a spec states is left alone, and letters before the zeros stay`() throws {
        let monitor = try SmallRack.scenario().rack.devices.first { $0.path == "tray-1/monitor" }
        var point = try #require(monitor?.specification.point(named: "serial-number"))
        #expect(SerialNumber.isOpen(point))
        point.text = "A0000000"
        #expect(SerialNumber.isOpen(point))
        let text = SerialNumber.text(of: point, rack: "rack", path: "tray-1/monitor", model: "m")
        #expect(text.hasPrefix("A") && text.count == 11)
        #expect(text != SerialNumber.text(of: point, rack: "rack", path: "tray-2/monitor", model: "m"))
        point.text = "A0000001"
        #expect(!SerialNumber.isOpen(point))
        point.name = "product"
        point.text = "000000"
        #expect(!SerialNumber.isOpen(point))
    }
}
