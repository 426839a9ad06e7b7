import Plant
import RackControl
import RunRecords
import Scenario
import Testing
import Units

@testable import Simulation

/// The controller learns of the rack by frames and by nothing else.
@Suite struct IsolationTests {
    private static let muted = ["shelf", "trays", "net"].map { "{at: 0 s, bus: \($0), fault: no-reply}" }

    @Test func `a controller that never hears anything counts every tray for its worst case`() throws {
        let run = RackSimulation(try SmallRack.scenario(duration: "8 s", events: Self.muted))
        for second in 1...8 {
            run.advance(to: Double(second))
            for device in run.scenario.rack.devices.indices { #expect(!run.controller.isOnline(device: device)) }
            #expect(run.controller.measuredPower == .watts(2 * 2460))
        }
        // No supply was heard of either.
        #expect(run.controller.effectiveBudget == .zero)
        #expect(!run.marks.contains { $0.text == "identified" })
    }

    @Test func `what happens in a muted rack does not change what the controller asks`() throws {
        func requests(_ events: [String]) throws -> [[UInt8]] {
            let log = RunLog()
            let run = RackSimulation(
                try SmallRack.scenario(duration: "6 s", events: Self.muted + events), recorder: log)
            run.advance(to: 6)
            return log.frames.filter { $0.direction == .request }.map(\.octets)
        }
        let quiet = try requests([])
        #expect(quiet.count > 50)
        let eventful = try requests([
            "{at: 1 s, fail: shelf-1/psu-1}", "{at: 2 s, set: {demand: 5 %}}", "{at: 3 s, stall: tray-1/fans.1}",
            "{at: 4 s, lose: feed-a}",
        ])
        #expect(eventful == quiet)
    }
}
