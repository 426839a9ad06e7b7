import DeviceFirmware
import ModbusWire
import RegisterMaps
import Testing
import Units

@testable import Simulation

/// Shelves that are asked as one unit by the maps of real ones, in a running rack.
@Suite struct ShelfProfileTests {
    /// Whole registers of a device, by function 3.
    private static func registers(_ run: RackSimulation, _ path: String, _ address: UInt16, _ count: UInt8) throws
        -> [UInt16]
    {
        let request: [UInt8] = [3, UInt8(address >> 8), UInt8(address & 0xFF), 0, count]
        var reply = FrameBuffer()
        run.devices[try run.device(path)].respond(to: request.span, at: run.now, reply: &reply)
        try #require(reply.count == 2 + 2 * Int(count) && reply.span[0] == 3)
        return (0..<Int(count)).map { UInt16(reply.span[2 + 2 * $0]) << 8 | UInt16(reply.span[3 + 2 * $0]) }
    }

    @Test func `a shelf of supplies shows AC voltage and current of each, as the supply itself does`() throws {
        let rack = SmallRack.rack().replacing(
            "      supplies: {count: 5,",
            with: "      gateway: {spec: shelf-orv3-hpr-psu, bus: shelf, first-unit: 32}\n      supplies: {count: 5,")
        let run = RackSimulation(try SmallRack.scenario(rack: rack))
        run.advance(to: 4)
        for number in 1...5 {
            let words = try Self.registers(run, "shelf-1/gateway", 0x101 + 16 * UInt16(number - 1), 2)
            let supply = run.devices[try run.device("shelf-1/psu-\(number)")]
            let volts = Double(supply.signal(PowerSupplySignal.inputVoltage.identifier)) / 1000
            let amperes = Double(supply.signal(PowerSupplySignal.inputCurrent.identifier)) / 1000
            #expect(abs(Double(words[0]) / 64 - volts) < 1 && volts > 200, "\(words) for \(volts) V")
            #expect(abs(Double(words[1]) / 1024 - amperes) < 0.2 && amperes > 1, "\(words) for \(amperes) A")
        }
        // There is no sixth: what a module that was never read shows is zero.
        #expect(try Self.registers(run, "shelf-1/gateway", 0x151, 2) == [0, 0])
    }

    @Test func `a shelf of batteries shows eight of eleven values of each while it holds the busbar`() throws {
        let rack =
            SmallRack.rack()
            + "\n  batteries:\n    - {name: bbu-1, gateway: {spec: shelf-orv3-hpr-bbu, bus: shelf, first-unit: 16}, "
            + "units: {count: 2, rated: 3 kW, for: 90 s, spec: bbu-orv3-hpr, bus: shelf, first-unit: 48}}"
        let run = RackSimulation(
            try SmallRack.scenario(duration: "30 s", rack: rack, events: ["{at: 10 s, for: 15 s, lose: feed-a}"]))
        run.advance(to: 20)
        let words = try Self.registers(run, "bbu-1/gateway", 0x111, 11)
        let unit = run.devices[try run.device("bbu-1/unit-2")]
        func value(_ signal: BackupUnitSignal) -> Double { Double(unit.signal(signal.identifier)) / 1000 }
        #expect(abs(Double(words[0]) / 10 - 273.15 - value(.temperature)) < 1)
        #expect(words[1...3] == [0, 0, 0])
        #expect(abs(Double(words[4]) / 100 - value(.charge)) < 0.05 && words[4] < 100 && words[4] > 50)
        #expect(abs(Double(words[5]) / 100 - value(.absoluteCharge)) < 0.05)
        #expect(abs(Double(words[6]) / 1000 - value(.packVoltage)) < 1 && words[6] > 30_000)
        let (now, averaged) = (Int16(bitPattern: words[7]), Int16(bitPattern: words[8]))
        #expect(abs(Double(now) / 100 - value(.packCurrentNow)) < 5 && now > 1000, "\(now)")
        #expect(abs(Double(averaged) / 100 - value(.packCurrent)) < 5 && averaged > 1000, "\(averaged)")
        #expect(abs(Double(words[9]) * 36 - value(.energyRemaining)) < 8000 && words[9] < words[10])
        #expect(abs(Double(words[10]) * 36 - value(.energyFull)) < 100)
    }
}
