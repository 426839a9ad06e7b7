import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// Trouble on lines and connections: what the controller makes of it, and that it ends when the fault ends.
@Suite struct BusFaultTests {
    struct Trouble: Sendable, CustomTestStringConvertible {
        var bus: String
        var fault: String
        /// What each hit counts as.
        var timeouts = 0
        var badFrames = 0
        var exceptions = 0
        var testDescription: String { "\(fault) on \(bus)" }

        /// Nothing of the answer can be used.
        var isLoss: Bool { timeouts + badFrames > 0 }
    }

    /// The time-out is 60 ms.
    static let troubles = [
        Trouble(bus: "trays", fault: "no-reply", timeouts: 1), Trouble(bus: "net", fault: "no-reply", timeouts: 1),
        Trouble(bus: "trays", fault: "delay, delay: 10 ms"), Trouble(bus: "net", fault: "delay, delay: 10 ms"),
        Trouble(bus: "trays", fault: "delay, delay: 5 s", timeouts: 1),
        Trouble(bus: "net", fault: "delay, delay: 5 s", timeouts: 1),
        Trouble(bus: "trays", fault: "bad-crc", badFrames: 1), Trouble(bus: "shelf", fault: "bad-crc", badFrames: 1),
        Trouble(bus: "trays", fault: "truncation", badFrames: 1),
        // On a stream nothing tells that the rest will not come.
        Trouble(bus: "net", fault: "truncation", timeouts: 1),
        Trouble(bus: "trays", fault: "wrong-unit", badFrames: 1),
        Trouble(bus: "net", fault: "wrong-unit", badFrames: 1),
        Trouble(bus: "trays", fault: "exception, code: 6", exceptions: 1),
        Trouble(bus: "net", fault: "exception, code: 4", exceptions: 1),
        Trouble(bus: "shelf", fault: "exception, code: 100", exceptions: 1),
        Trouble(bus: "trays", fault: "{exception: busy}", exceptions: 1),
        // t3.5 is 1.75 ms: a frame with shorter silences in it is late, one with longer ones is none.
        Trouble(bus: "trays", fault: "{byte-trickle: 200 us}"),
        Trouble(bus: "trays", fault: "{byte-trickle: 1 ms}", timeouts: 0),
        Trouble(bus: "trays", fault: "{byte-trickle: 2 ms}", badFrames: 1),
        Trouble(bus: "trays", fault: "{byte-trickle: 5 s}", badFrames: 1),
        Trouble(bus: "net", fault: "{byte-trickle: 200 us}"),
        Trouble(bus: "net", fault: "{byte-trickle: 8 ms}", timeouts: 1),
        Trouble(bus: "net", fault: "wrong-transaction", timeouts: 1),
        Trouble(bus: "trays", fault: "wrong-function", badFrames: 1),
        Trouble(bus: "net", fault: "wrong-function", badFrames: 1),
        Trouble(bus: "trays", fault: "{truncation: 1}", badFrames: 1),
        Trouble(bus: "net", fault: "{truncation: 7}", timeouts: 1),
        Trouble(bus: "trays", fault: "{extra-bytes: 3}", badFrames: 1),
        Trouble(bus: "net", fault: "{extra-bytes: 1}", badFrames: 1),
        Trouble(bus: "trays", fault: "disconnect", timeouts: 1), Trouble(bus: "net", fault: "disconnect", timeouts: 1),
        Trouble(bus: "trays", fault: "{fewer-registers: 1}, function: [3, 4]", badFrames: 1),
        Trouble(bus: "net", fault: "{fewer-registers: 125}, function: 3-4", badFrames: 1),
    ]

    private func bus(_ run: RackSimulation, _ name: String) throws -> Int {
        try #require(run.scenario.rack.buses.firstIndex { $0.name == name })
    }

    @Test(arguments: troubles)
    func `each hit of a fault counts as what it is, and as many hit as were asked for`(trouble: Trouble) throws {
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 2 s, bus: \(trouble.bus), fault: \(trouble.fault), count: 2}"]))
        run.advance(to: 5)
        let counted = run.counters[try bus(run, trouble.bus)]
        #expect(counted.timeouts == 2 * trouble.timeouts)
        #expect(counted.badFrames == 2 * trouble.badFrames)
        #expect(counted.exceptions == 2 * trouble.exceptions)
        for other in run.counters.indices where other != (try bus(run, trouble.bus)) {
            #expect(run.counters[other].timeouts + run.counters[other].badFrames == 0)
        }
        // Two tries more than one were granted: nobody is given up for two failures.
        #expect(!run.marks.contains { $0.text == "lost" })
    }

    @Test(arguments: troubles.filter(\.isLoss))
    func `a device that cannot be heard is lost, and is back online when the fault ends`(trouble: Trouble) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s", events: ["{at: 2 s, for: 3 s, bus: \(trouble.bus), fault: \(trouble.fault)}"]))
        let devices = run.scenario.rack.devices.enumerated().filter { $0.element.bus == (try? bus(run, trouble.bus)) }
        run.advance(to: 5)
        for (index, device) in devices { #expect(!run.controller.isOnline(device: index), "\(device.path)") }
        run.advance(to: 12)
        for (index, device) in devices { #expect(run.controller.isOnline(device: index), "\(device.path)") }
        #expect(run.result(wallSeconds: 0).checks.allSatisfy { $0.held })
    }

    @Test(arguments: troubles.filter { $0.bus == "net" })
    func `a cap that could not be written is in force soon after the fault`(trouble: Trouble) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "12 s",
                events: [
                    "{at: 2 s, for: 3 s, bus: net, fault: \(trouble.fault)}", "{at: 3 s, set: {budget: 3.6 kW}}",
                ]))
        run.advance(to: 12)
        let asked = (0...1).map { run.controller.askedCap(tray: $0) }
        #expect(asked[0] + asked[1] <= .watts(3600))
        for tray in 0...1 {
            // Registers hold whole watts, and a cap is rounded down.
            let enforced = run.value(of: .trayCap(tray: tray))
            #expect(enforced == Double(asked[tray].milliwatts / 1000))
        }
        #expect(run.plant.rackPower <= 3600)
    }

    @Test func `a fault of one unit leaves the others of its line alone`() throws {
        let run = RackSimulation(
            try SmallRack.scenario(events: ["{at: 2 s, bus: trays, unit: 16, fault: no-reply}"]))
        run.advance(to: 5)
        #expect(try run.isOnline("tray-1/monitor") == false)
        #expect(try run.isOnline("tray-2/monitor"))
        #expect(try run.isOnline("tray-1/fans"))
        #expect(run.texts(of: "tray-2/monitor", after: 2).isEmpty)
    }

    @Test(arguments: [0, 300, 1000])
    func `a chance hits its share of the transactions`(perMille: Int) throws {
        let run = RackSimulation(
            try SmallRack.scenario(
                duration: "20 s", controller: "{law: three-band, budget: 4.4 kW, retries: 10, reprobe: 10 ms}",
                events: ["{at: 0 s, bus: net, fault: no-reply, chance: \(Double(perMille) / 10) %}"]))
        run.advance(to: 20)
        let counted = run.counters[2]
        #expect(counted.transactions > 200)
        let share = Double(counted.timeouts) / Double(counted.transactions)
        #expect((share - Double(perMille) / 1000).magnitude <= (perMille == 300 ? 0.06 : 0))
    }

    @Test func `a fault hits from its beginning to its end and at no other time`() throws {
        let log = RunLog()
        let run = RackSimulation(
            try SmallRack.scenario(
                events: ["{at: 1500 ms, for: 500 ms, bus: trays, fault: exception, code: 2}"]), recorder: log)
        run.advance(to: 5)
        let refused = log.frames.filter { $0.direction == .response && $0.octets[1] >= 0x80 }.map(\.at)
        #expect(refused.count > 10)
        // An answer begins t3.5 and 2 ms after the request was taken.
        #expect(refused.allSatisfy { (1_500_000_000...2_003_750_000).contains($0) })
    }
}
