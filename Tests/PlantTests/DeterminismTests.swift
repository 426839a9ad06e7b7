import Plant
import Testing
import Units

@Suite struct DeterminismTests {
    private func trajectory(seed: UInt64) -> [UInt64] {
        let shelf = Fixtures.shelf(supply: Fixtures.supply(shareTolerance: 0.05))
        let trays = [
            Fixtures.tray(
                fans: Fixtures.fans, cooling: .air, hostIdle: 200, hostMaximum: 500,
                thermal: ThermalConfiguration(
                    dieResistance: 0.03, sinkResistance: 0.05, dieCapacity: 60, sinkCapacity: 600, coolantFlow: 0,
                    coolantHeatCapacity: 0)), Fixtures.tray(),
        ]
        let training = TrainingConfiguration(
            stepPeriod: 1.1, duty: 0.8, peak: 1, trough: 0.3, checkpointEvery: 5, checkpointLength: 1, jitter: 0.05)
        let rack = RackPlant(
            Fixtures.plant(shelves: [shelf], trays: trays),
            workloads: [
                ([0], .training(training)),
                ([1], .inference(.typical(requests: BuiltInTraces.bursty(), demand: 0.8))),
            ], seed: seed)
        var bits: [UInt64] = []
        for second in 0..<20 {
            if second == 7 { rack.failSupply(shelf: 0, slot: 1) }
            if second == 9 { rack.setAcceleratorLimit(tray: 0, watts: 250) }
            if second == 12 { rack.stallFan(tray: 0, fan: 0) }
            rack.run(seconds: 1)
            bits += [
                rack.rackPower, rack.busVoltage, rack.feedPower(0), rack.hottestAccelerator(0), rack.workDone,
                rack.supplyOutputPower(shelf: 0, slot: 0), rack.energyIn,
            ].map(\.bitPattern)
        }
        return bits
    }

    @Test func `the same seed gives the same trajectory bit for bit`() {
        #expect(trajectory(seed: 7) == trajectory(seed: 7))
    }

    @Test func `another seed gives another trajectory`() {
        #expect(trajectory(seed: 7) != trajectory(seed: 8))
    }

    @Test func `time goes by the step interval`() {
        let rack = Fixtures.resistorRack(watts: 1000)
        #expect(rack.now == .start)
        rack.run(milliseconds: 25)
        #expect(rack.now == Instant(rawValue: 25_000_000))
    }

    @Test func `events wait until they are drained, oldest first, and are told once`() {
        let rack = Fixtures.resistorRack(watts: 33_000)
        #expect(!rack.hasEvents)
        rack.loseFeed(0)
        rack.restoreFeed(0)
        #expect(rack.hasEvents)
        #expect(rack.drained() == [.feedLost(feed: 0), .feedRestored(feed: 0)])
        #expect(rack.drained().isEmpty)
        for _ in 0..<200 {
            rack.loseFeed(0)
            rack.restoreFeed(0)
        }
        #expect(rack.drained().count == 256)
        #expect(rack.lostEvents == 144)
    }
}
