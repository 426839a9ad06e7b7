import Plant
import Testing

/// A step of 2 s with three quarters of computing, 1.5 s, and an exchange of 0.5 s.
@Suite struct StallTests {
    private func training(chance: Double, length: Double) -> WorkloadConfiguration {
        .training(
            TrainingConfiguration(
                stepPeriod: 2, duty: 0.75, peak: 1, trough: 0.2, checkpointEvery: 0, checkpointLength: 0, jitter: 0,
                stallChance: chance, stallLength: length))
    }

    /// The mean load, and the lengths of the troughs that lie wholly within the run, s.
    private func observe(_ rack: RackPlant, seconds: Int) -> (mean: Double, troughs: [Double]) {
        var (sum, length, troughs) = (0.0, 0, [Double]())
        for _ in 0..<(seconds * 100) {
            rack.run(milliseconds: 10)
            let load = rack.trayLoad(0)
            sum += load
            if load < 0.21 {
                length += 1
            } else if length > 0 {
                troughs.append(Double(length) / 100)
                length = 0
            }
        }
        return (sum / Double(seconds * 100), troughs)
    }

    @Test func `a stall in every step lengthens each trough by half to one and a half of its mean`() {
        let rack = Fixtures.oneTray(training(chance: 1, length: 1))
        let (mean, troughs) = observe(rack, seconds: 600)
        #expect(troughs.allSatisfy { (0.98...2.02).contains($0) })
        let longest = troughs.max() ?? 0
        let shortest = troughs.min() ?? 9
        #expect(longest > 1.9 && shortest < 1.1)
        // A step is 3 s on average: 1.5 s at the peak, 1.5 s at a fifth of it.
        #expect(abs(Double(rack.trainingSteps) - 200) <= 8)
        #expect(abs(mean - 0.6) < 0.01)
        #expect(rack.communicationStalls - rack.trainingSteps <= 1)
    }

    @Test func `the chance says how many steps stall, and the mean load falls with it`() {
        let rack = Fixtures.oneTray(training(chance: 0.1, length: 4))
        let (mean, troughs) = observe(rack, seconds: 2000)
        let long = troughs.count { $0 > 1 }
        // 10 % of the steps, of 2.4 s each on average: (1.5 + 0.2 * 0.9) / 2.4 = 0.7.
        #expect(abs(Double(long) / Double(troughs.count) - 0.1) < 0.025)
        #expect(abs(mean - 0.7) < 0.02)
    }

    @Test func `without a chance of stalls the steps are those of a job that knows none`() {
        let rack = Fixtures.oneTray(training(chance: 0, length: 5))
        let plain = Fixtures.oneTray(training(chance: 0, length: 0))
        for _ in 0..<1000 {
            rack.run(milliseconds: 10)
            plain.run(milliseconds: 10)
            #expect(rack.trayLoad(0) == plain.trayLoad(0))
        }
        #expect(rack.communicationStalls == 0)
    }

    @Test func `a stall costs time but no work: nothing that a cap could give back`() {
        let rack = Fixtures.oneTray(training(chance: 0.5, length: 1))
        rack.run(seconds: 100)
        #expect(rack.communicationStalls > 10)
        #expect(rack.workDone == rack.workWanted)
    }
}
