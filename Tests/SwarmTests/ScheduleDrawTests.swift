import Scenario
import Testing
import Units

@testable import Swarm

struct ScheduleDrawTests {
    @Test func `the same seed draws the same schedule, and another one another`() throws {
        let campaign = try SwarmRack.campaign()
        let again = try SwarmRack.campaign()
        let schedules = (1...50).map { campaign.schedule(seed: UInt64($0)).lines(in: campaign.scenario) }
        #expect(schedules == (1...50).map { again.schedule(seed: UInt64($0)).lines(in: again.scenario) })
        #expect(schedules.count { $0 == schedules[0] } == 1)
    }

    /// Frozen: a change makes every seed that anybody has written down mean something else.
    @Test func `the first seeds mean what they always meant`() throws {
        let campaign = try SwarmRack.campaign()
        let lines = (1...3).map { campaign.schedule(seed: $0).lines(in: campaign.scenario) }
        #expect(lines == Self.frozen, "\(lines)")
    }

    private static let frozen = [
        [
            "load = 63.88 %", "{at: 7.215 s, for: 1.785 s, set: {inlet: 35 degC}}",
            "{at: 8.219 s, for: 781 ms, disconnect: tray-2/bmc}", "{at: 8.282 s, for: 718 ms, fail: shelf-1/psu-5}",
            "1 14000",
        ],
        [
            "load = 43.78 %", "{at: 7.796 s, for: 1.204 s, disconnect: tray-2/bmc}",
            "{at: 8.547 s, for: 453 ms, set: {demand: 31 %}}", "2 14000",
        ],
        [
            "load = 62.8 %", "{at: 8.476 s, for: 250 ms, set: {inlet: 12 degC}}",
            "{at: 8.764 s, for: 236 ms, fail: shelf-1/psu-4}", "3 14000",
        ],
    ]

    @Test func `every trouble lies between its beginning and the healing`() throws {
        let campaign = try SwarmRack.campaign()
        for seed in 1...300 {
            for trouble in campaign.schedule(seed: UInt64(seed)).troubles {
                #expect(trouble.at >= 7000)
                #expect(trouble.end <= 9000)
            }
        }
    }

    @Test func `every kind of trouble is drawn that the rack can have`() throws {
        let campaign = try SwarmRack.campaign(
            SwarmRack.text(
                swarm: "{duration: 60 s, faults: {most: 4, from: 7 s, healed-by: 45 s}, settles: {within: 3 s}}"))
        let troubles = (1...300).flatMap { campaign.schedule(seed: UInt64($0)).troubles }
        func count(_ isIt: (Trouble.Action) -> Bool) -> Int { troubles.count { isIt($0.action) } }
        #expect(count { if case .failSupply = $0 { true } else { false } } > 0)
        #expect(count { if case .line = $0 { true } else { false } } > 0)
        #expect(count { if case .sensor = $0 { true } else { false } } > 0)
        #expect(count { if case .reboot = $0 { true } else { false } } > 0)
        #expect(count { if case .cut = $0 { true } else { false } } > 0)
        #expect(count { if case .stallFan = $0 { true } else { false } } > 0)
        #expect(count { if case .budget = $0 { true } else { false } } > 0)
        #expect(count { if case .load = $0 { true } else { false } } > 0)
        #expect(count { if case .inlet = $0 { true } else { false } } > 0)
        let aimed = troubles.contains { trouble in
            if case .line(let fault) = trouble.action { !fault.addresses.isEmpty } else { false }
        }
        #expect(aimed)
    }

    @Test func `a feed is lost where two feeds are promised, one at a time, and nowhere else`() throws {
        func feeds(_ redundancy: String) throws -> [[Trouble]] {
            let campaign = try SwarmRack.campaign(SwarmRack.text(redundancy: redundancy, feeds: 2))
            return (1...300).map { seed in
                campaign.schedule(seed: UInt64(seed)).troubles.filter { trouble in
                    switch trouble.action {
                    case .loseFeed, .failSupply: true
                    default: false
                    }
                }
            }
        }
        func isFeed(_ trouble: Trouble) -> Bool { if case .loseFeed = trouble.action { true } else { false } }
        let promised = try feeds("N+N")
        #expect(promised.contains { $0.contains(where: isFeed) })
        #expect(promised.allSatisfy { $0.count < 2 })
        #expect(try feeds("N+1").allSatisfy { !$0.contains(where: isFeed) })
    }

    @Test func `a tether is lost where the redundancy promises it, one outage at a time`() throws {
        func schedules(_ redundancy: String) throws -> [[Trouble]] {
            var scenario = try SwarmRack.shipped("worn-tether")
            scenario.controller.redundancy = redundancy == "N" ? .none : .twoFeeds
            let settings = try #require(scenario.swarm)
            let draw = try #require(ScheduleDraw(scenario, settings))
            return (1...300).map { seed in
                draw.schedule(seed: UInt64(seed)).troubles.filter { trouble in
                    switch trouble.action {
                    case .tether, .loseFeed, .failSupply: true
                    default: false
                    }
                }
            }
        }
        let lines = try schedules("N+N").joined().map { $0.line(in: try SwarmRack.shipped("worn-tether").rack) }
        for verb in ["fail: tether-", "lose: tether-", "unplug: tether-", "lose: feed-a", "fail: shelf-1/psu-"] {
            #expect(lines.contains { $0.contains(verb) }, "\(verb)")
        }
        #expect(
            try schedules("N+N").allSatisfy { outages in
                zip(outages, outages.dropFirst()).allSatisfy { $0.end <= $1.at }
            })
        #expect(try schedules("N").joined().isEmpty)
    }

    @Test func `with two feeds promised the next outage waits until the last one is over`() throws {
        let scenario = try SwarmRack.definition(SwarmRack.text(redundancy: "N+N", feeds: 2))
        let promise = SupplyPromise(scenario)
        let lost = Trouble(.loseFeed(1), at: 10_000, length: 5000)
        func covers(_ at: Int64) -> Bool { promise.covers([lost, failure(0, at: at, for: 1000)], in: scenario.rack) }
        #expect(promise.covers([lost], in: scenario.rack))
        #expect(!covers(12_000))
        #expect(!covers(24_999))
        #expect(covers(25_000))
    }

    @Test func `without redundancy no supply fails or restarts`() throws {
        let campaign = try SwarmRack.campaign(SwarmRack.text(redundancy: "N"))
        for seed in 1...300 {
            for trouble in campaign.schedule(seed: UInt64(seed)).troubles {
                if case .failSupply = trouble.action { Issue.record("seed \(seed) fails a supply") }
                guard case .reboot(let device) = trouble.action else { continue }
                let attachment = campaign.scenario.rack.devices[device].attachment
                if case .supply = attachment { Issue.record("seed \(seed) restarts a supply") }
            }
        }
        #expect(SupplyPromise(campaign.scenario).promisesAny == false)
    }

    private func covers(_ troubles: [Trouble]) throws -> Bool {
        let scenario = try SwarmRack.definition(SwarmRack.text())
        return SupplyPromise(scenario).covers(troubles, in: scenario.rack)
    }

    private func failure(_ slot: Int, at: Int64, for length: Int64) -> Trouble {
        Trouble(.failSupply(shelf: 0, slot: slot), at: at, length: length)
    }

    /// Five supplies of 1.2 kW, floors of 3.4 kW: two may be out.
    @Test func `a second supply fails no sooner than the controller has adapted to the first`() throws {
        #expect(try covers([failure(0, at: 10_000, for: 9000)]))
        #expect(try covers([failure(0, at: 10_000, for: 9000), failure(1, at: 15_000, for: 1000)]))
        #expect(try !covers([failure(0, at: 10_000, for: 9000), failure(1, at: 14_999, for: 1000)]))
        #expect(try covers([failure(0, at: 10_000, for: 1000), failure(1, at: 12_500, for: 1000)]))
        #expect(try !covers([failure(0, at: 10_000, for: 9000), failure(0, at: 16_000, for: 1000)]))
    }

    @Test func `no more supplies are out than leave the trays their floors`() throws {
        let two = [failure(0, at: 10_000, for: 20_000), failure(1, at: 15_000, for: 15_000)]
        #expect(try covers(two))
        #expect(try !covers(two + [failure(2, at: 20_000, for: 1000)]))
    }

    @Test func `a second supply does not fail while trouble may keep caps from coming down`() throws {
        let cut = Trouble(.cut(device: 0), at: 11_000, length: 500)
        #expect(try !covers([failure(0, at: 10_000, for: 9000), failure(1, at: 16_000, for: 1000), cut]))
        #expect(try covers([failure(0, at: 10_000, for: 9000), cut]))
    }
}
