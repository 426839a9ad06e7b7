internal import Synchronization

/// Counted on the channel's thread, read on any.
struct ChannelCounters: ~Copyable {
    let isConnected = Atomic<Bool>(false)
    let connections = Atomic<Int>(0)
    let requests = Atomic<Int>(0)
    let timeouts = Atomic<Int>(0)
    let exceptions = Atomic<Int>(0)
    let badFrames = Atomic<Int>(0)
    let mismatches = Atomic<Int>(0)
    let lateAnswers = Atomic<Int>(0)
    let trouble = Atomic<Int64>(0)

    /// One thread writes, so that no locked instruction is needed.
    static func increment(_ counter: borrowing Atomic<Int>) {
        counter.store(counter.load(ordering: .relaxed) &+ 1, ordering: .relaxed)
    }

    func note(_ found: ChannelTrouble) { trouble.store(found.packed, ordering: .relaxed) }

    func health(at endpoint: MasterEndpoint) -> ChannelHealth {
        var health = ChannelHealth()
        health.isConnected = isConnected.load(ordering: .acquiring)
        health.requests = requests.load(ordering: .relaxed)
        health.timeouts = timeouts.load(ordering: .relaxed)
        health.exceptions = exceptions.load(ordering: .relaxed)
        health.badFrames = badFrames.load(ordering: .relaxed)
        health.mismatches = mismatches.load(ordering: .relaxed)
        health.lateAnswers = lateAnswers.load(ordering: .relaxed)
        health.reconnects = max(0, connections.load(ordering: .relaxed) - 1)
        health.lastError = ChannelTrouble(packed: trouble.load(ordering: .relaxed)).text(at: endpoint)
        return health
    }
}
