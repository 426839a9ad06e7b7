import Plant
import Testing

@Suite struct WorkloadTests {
    private static let training = TrainingConfiguration(
        stepPeriod: 2, duty: 0.75, peak: 1, trough: 0.2, checkpointEvery: 0, checkpointLength: 0, jitter: 0)

    private func with(_ change: (inout TrainingConfiguration) -> Void) -> WorkloadConfiguration {
        var training = WorkloadTests.training
        change(&training)
        return .training(training)
    }

    @Test func `a step changes the load at its instant`() {
        let rack = Fixtures.oneTray(.step(from: 0.2, to: 0.9, at: 1))
        rack.run(milliseconds: 990)
        #expect(rack.trayLoad(0) == 0.2)
        rack.run(milliseconds: 10)
        #expect(rack.trayLoad(0) == 0.9)
    }

    @Test func `a ramp rises along a straight line and stays`() {
        let rack = Fixtures.oneTray(.ramp(from: 0, to: 1, start: 1, end: 3))
        rack.run(milliseconds: 1500)
        #expect(abs(rack.trayLoad(0) - 0.25) < 1e-9)
        rack.run(milliseconds: 5000)
        #expect(rack.trayLoad(0) == 1)
    }

    @Test func `a replay sets power as a share of the rating`() {
        let points = [CurvePoint(x: 0, y: 0.5), CurvePoint(x: 10, y: 0.5), CurvePoint(x: 10, y: 0.8)]
        let rack = Fixtures.oneTray(.replay(points))
        rack.run(milliseconds: 9000)
        #expect(abs(rack.acceleratorPower(0, 0) - 200) < 1e-3)
        rack.run(milliseconds: 2000)
        #expect(abs(rack.acceleratorPower(0, 0) - 320) < 1e-3)
    }

    @Test func `demand changes a constant load`() {
        let rack = Fixtures.oneTray(.constant(load: 0.9))
        rack.run(milliseconds: 100)
        rack.setDemand(0.4)
        rack.run(milliseconds: 20)
        #expect(rack.trayLoad(0) == 0.4)
    }

    @Test func `training alternates between peak and trough with its period`() {
        let rack = Fixtures.oneTray(with { _ in })
        var peak = 0
        var trough = 0
        for _ in 0..<2000 {
            rack.run(milliseconds: 10)
            if rack.trayLoad(0) > 0.99 { peak += 1 }
            if rack.trayLoad(0) < 0.21 { trough += 1 }
        }
        #expect(abs(peak - 1500) <= 10)
        #expect(abs(trough - 500) <= 10)
        #expect(abs(rack.trainingSteps - 10) <= 1)
    }

    @Test func `a cap lengthens the computing part of a training step`() {
        let rack = Fixtures.oneTray(with { _ in })
        // Half the throughput: 1.5 s of computing become 3 s, the exchange stays at 0.5 s.
        rack.setAcceleratorLimit(tray: 0, watts: 70 + 330 / 4)
        rack.run(seconds: 350)
        #expect(abs(rack.trainingSteps - 100) <= 1)
        #expect(abs(rack.workDone / rack.workWanted - 2.0 / 3.5) < 0.005)
    }

    @Test func `everybody waits for a single capped tray`() {
        let trays = [Fixtures.tray(), Fixtures.tray(), Fixtures.tray()]
        let rack = RackPlant(
            Fixtures.plant(trays: trays), workloads: [([0, 1, 2], with { _ in })], seed: 1)
        rack.setAcceleratorLimit(tray: 1, watts: 70 + 330 / 4)
        rack.run(seconds: 350)
        #expect(abs(rack.trainingSteps - 100) <= 1)
        #expect(abs(rack.workDone(tray: 0) / rack.workWanted(tray: 0) - 2.0 / 3.5) < 0.005)
        var waiting = 0
        for _ in 0..<350 {
            rack.run(milliseconds: 10)
            if rack.trayLoad(0) < 0.21 && rack.trayLoad(1) > 0.99 { waiting += 1 }
        }
        #expect(abs(waiting - 150) <= 3)
    }

    @Test func `training stands still while one of its trays is off`() {
        let rack = RackPlant(
            Fixtures.plant(trays: [Fixtures.tray(), Fixtures.tray()]), workloads: [([0, 1], with { _ in })], seed: 1)
        rack.run(seconds: 10)
        rack.setPower(tray: 1, on: false)
        rack.run(seconds: 5)
        let steps = rack.trainingSteps
        rack.run(seconds: 20)
        #expect(rack.trainingSteps == steps)
        #expect(abs(rack.trayLoad(0) - 0.2) < 1e-9)
    }

    @Test func `a checkpoint holds the trough for its length`() {
        let rack = Fixtures.oneTray(
            with {
                $0.checkpointEvery = 20
                $0.checkpointLength = 3
            })
        var longest = 0
        var current = 0
        for _ in 0..<6000 {
            rack.run(milliseconds: 10)
            current = rack.trayLoad(0) < 0.21 ? current + 1 : 0
            longest = max(longest, current)
        }
        // 0.5 s of exchange and 3 s of checkpoint.
        #expect(abs(longest - 350) <= 2)
        #expect(rack.workDone == rack.workWanted)
    }

    @Test func `jitter spreads the steps and keeps their mean`() {
        let rack = Fixtures.oneTray(with { $0.jitter = 0.1 })
        let even = Fixtures.oneTray(with { _ in })
        rack.run(seconds: 1000)
        even.run(seconds: 1000)
        #expect(abs(rack.trainingSteps - 500) <= 15)
        var differ = 0
        for _ in 0..<1000 {
            rack.run(milliseconds: 10)
            even.run(milliseconds: 10)
            if rack.trayLoad(0) != even.trayLoad(0) { differ += 1 }
        }
        #expect(differ > 50)
    }
}
