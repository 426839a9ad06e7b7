internal import CAllocationCount
internal import Foundation
internal import RunRecords
internal import RunStore
internal import Scenario
internal import Simulation

/// One run, measured after its warm-up.
struct Measurement {
    /// Simulated seconds per wall second.
    let speed: Double
    let text: String

    init(_ definition: ScenarioDefinition, warmUp: Double, seconds: Double, telemetry: Bool) throws {
        let path = NSTemporaryDirectory() + "busbar-bench-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        let store = telemetry ? try TelemetryStore(path: path) : nil
        defer { if telemetry { try? FileManager.default.removeItem(atPath: path) } }
        let simulation = RackSimulation(definition, seed: 1, version: "bench", recorder: store)
        simulation.advance(bySeconds: warmUp)
        let (steps, transactions) = (simulation.plantSteps, simulation.transactions)
        let allocations = busbar_allocation_count()
        let clock = ContinuousClock()
        let start = clock.now
        simulation.advance(bySeconds: seconds)
        let (wholeSeconds, attoseconds) = (clock.now - start).components
        let wall = Double(wholeSeconds) + Double(attoseconds) * 1e-18
        let allocated = busbar_allocation_count() - allocations
        let stepCount = simulation.plantSteps - steps
        let transactionCount = simulation.transactions - transactions
        speed = seconds / wall
        text =
            "\(Int(speed)) x real time, \(stepCount) plant steps, \(transactionCount) transactions, "
            + "\(allocated) allocations (\(Self.per(allocated, stepCount)) per step, "
            + "\(Self.per(allocated, Int64(transactionCount))) per transaction), "
            + "digest \(simulation.result(wallSeconds: wall).digest)"
    }

    private static func per(_ count: UInt64, _ things: Int64) -> String {
        String(format: "%.5f", Double(count) / Double(max(1, things)))
    }
}

enum PeakMemory {
    /// Greatest resident set of this process so far.
    static var megabytes: Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }
}
