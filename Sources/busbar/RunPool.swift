internal import Foundation
internal import RunRecords
internal import Scenario
internal import Simulation
internal import Synchronization
internal import Units

/// Threads that run scenarios, one run each at a time, its simulation its own. What is kept of the results stands in the
/// order of the tasks, whoever is done first.
final class RunPool<Kept: Sendable>: Sendable {
    struct Task: Sendable {
        var scenario: ScenarioDefinition
        var seed: UInt64
        var command: String
    }

    private struct State {
        var next = 0
        var running = 0
        /// Simulated seconds reached by all together.
        var reached = 0.0
        var kept: [Kept?]
    }

    private let tasks: [Task]
    private let keep: @Sendable (RunResult) -> Kept
    private let flag: InterruptFlag
    private let state: Mutex<State>

    init(_ tasks: [Task], until flag: InterruptFlag, keeping keep: @escaping @Sendable (RunResult) -> Kept) {
        self.tasks = tasks
        self.keep = keep
        self.flag = flag
        state = Mutex(State(kept: Array(repeating: nil, count: tasks.count)))
    }

    /// 8 MiB, arbitrary: what a main thread has.
    private static var stackSize: Int { 8 << 20 }
    /// Of simulated time, between two looks at the flag. Arbitrary.
    private static var slice: Double { 0.5 }

    /// Runs all tasks; `progress` is told the share done, 0...1, several times a second.
    func run(progress: (Double) -> Void) -> [Kept] {
        let jobs = max(1, min(tasks.count, ProcessInfo.processInfo.activeProcessorCount))
        state.withLock { $0.running = jobs }
        for _ in 0..<jobs {
            let thread = Thread { [self] in work() }
            thread.stackSize = Self.stackSize
            thread.start()
        }
        let total = tasks.reduce(0) { $0 + Double($1.scenario.duration.rawValue) / 1e9 }
        while true {
            let (isWorking, reached) = state.withLock { ($0.running > 0, $0.reached) }
            progress(reached / max(total, 1e-9))
            guard isWorking else { break }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return state.withLock { $0.kept.compactMap(\.self) }
    }

    private func work() {
        while let index = nextTask() {
            let kept = keep(run(tasks[index]))
            state.withLock { $0.kept[index] = kept }
        }
        state.withLock { $0.running -= 1 }
    }

    private func nextTask() -> Int? {
        state.withLock { state in
            guard state.next < tasks.count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    private func run(_ task: Task) -> RunResult {
        let simulation = RackSimulation(task.scenario, seed: task.seed, version: BusbarVersion.text, recorder: nil)
        let clock = ContinuousClock()
        let start = clock.now
        var before = 0.0
        var goesOn = true
        while goesOn, !flag.isRaised {
            goesOn = simulation.advance(bySeconds: Self.slice)
            let reached = simulation.reachedSeconds
            state.withLock { $0.reached += reached - before }
            before = reached
        }
        return simulation.result(wallSeconds: (clock.now - start).inSeconds, command: task.command)
    }
}
