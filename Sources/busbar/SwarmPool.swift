internal import Foundation
internal import Swarm
internal import Synchronization

/// Threads that run seeds: one run each at a time, its simulation its own. Seeds are handed out in order, and one that
/// was handed out is finished, so that what is done is always a whole beginning of the range.
final class SwarmPool: Sendable {
    private struct State {
        var next: UInt64
        var end: UInt64
        var isStopped = false
        var running = 0
        /// Verdicts that wait for those of lower seeds.
        var waiting: [SwarmVerdict] = []
    }

    private let campaign: SwarmCampaign
    private let state: Mutex<State>

    init(_ campaign: SwarmCampaign, seeds: Range<UInt64>) {
        self.campaign = campaign
        state = Mutex(State(next: seeds.lowerBound, end: seeds.upperBound))
    }

    /// 8 MiB, arbitrary: what a main thread has.
    private static let stackSize = 8 << 20

    func start(jobs: Int) {
        state.withLock { $0.running = jobs }
        for _ in 0..<jobs {
            let thread = Thread { [self] in work() }
            thread.stackSize = Self.stackSize
            thread.start()
        }
    }

    /// No further seed is handed out; those under way are finished.
    func stop() { state.withLock { $0.isStopped = true } }

    private func work() {
        while let seed = nextSeed() {
            let verdict = campaign.run(campaign.schedule(seed: seed))
            state.withLock { $0.waiting.append(verdict) }
        }
        state.withLock { $0.running -= 1 }
    }

    private func nextSeed() -> UInt64? {
        state.withLock { state in
            guard !state.isStopped, state.next < state.end else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    /// The verdicts that follow on `seed` without a gap, and whether any thread is still at work.
    func verdicts(from seed: UInt64) -> (ready: [SwarmVerdict], isWorking: Bool) {
        state.withLock { state in
            state.waiting.sort { $0.seed < $1.seed }
            var count = 0
            while count < state.waiting.count, state.waiting[count].seed == seed + UInt64(count) { count += 1 }
            let ready = Array(state.waiting[..<count])
            state.waiting.removeFirst(count)
            return (ready, state.running > 0)
        }
    }
}
