internal import Synchronization
internal import Units

/// Which channels have a completion to be fetched: one bit each, set by the channel's thread, taken by the one thread
/// that drives the pool.
final class CompletionBoard: @unchecked Sendable {
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int
    private let isAwaited = Atomic<Bool>(false)
    private let signal = ThreadSignal()
    /// Where the next search begins, so that no channel is always the last. Touched by the driving thread only.
    private var next = 0

    init(channels: Int) {
        wordCount = max(1, (channels + 63) / 64)
        words = .allocate(capacity: wordCount)
        for index in 0..<wordCount { (words + index).initialize(to: Atomic(0)) }
    }

    deinit {
        words.deinitialize(count: wordCount)
        words.deallocate()
    }

    /// On the channel's thread. What the completion says must be in its place already.
    func post(_ channel: Int) {
        words[channel / 64].bitwiseOr(1 << UInt64(channel % 64), ordering: .sequentiallyConsistent)
        // Only the first of several wakes.
        guard isAwaited.load(ordering: .sequentiallyConsistent) else { return }
        if isAwaited.exchange(false, ordering: .sequentiallyConsistent) { signal.wake() }
    }

    /// On the driving thread: true when there is a completion, false when none came until `deadline`.
    func wait(until deadline: Instant) -> Bool {
        if hasAny { return true }
        let isThere = signal.wait(until: deadline) {
            isAwaited.store(true, ordering: .sequentiallyConsistent)
            return hasAny
        }
        isAwaited.store(false, ordering: .sequentiallyConsistent)
        return isThere
    }

    /// On the driving thread.
    func take() -> Int? {
        // The first word is looked at twice: its upper bits first, its lower ones last.
        for step in 0...wordCount {
            let index = (next / 64 + step) % wordCount
            var bits = words[index].load(ordering: .acquiring)
            if step == 0 { bits &= ~0 << UInt64(next % 64) }
            guard bits != 0 else { continue }
            let bit = bits.trailingZeroBitCount
            words[index].bitwiseAnd(~(1 << UInt64(bit)), ordering: .acquiringAndReleasing)
            next = (index * 64 + bit + 1) % (wordCount * 64)
            return index * 64 + bit
        }
        return nil
    }

    private var hasAny: Bool {
        for index in 0..<wordCount where words[index].load(ordering: .sequentiallyConsistent) != 0 { return true }
        return false
    }
}
