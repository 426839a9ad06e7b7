/// One tray that answers requests: a queue, one prefill at a time, and a batch that decodes between prefills.
///
/// Prefill goes first whenever the batch has room (continuous batching without chunks: the batch pauses meanwhile).
/// Decoding is bound by memory, so each request in the batch advances at the same pace however many there are; the
/// load is in proportion to the batch.
struct InferenceServer: BitwiseCopyable {
    /// Requests that may wait. Arbitrary: about half a minute of a busy tray, after which real services turn away.
    static let queueLimit = 256

    let tray: Int
    private let prefillRate: Double
    /// Tokens per second of each request in the batch.
    private let pace: Double
    private let batchLimit: Int
    private let prefillLoad: Double
    private let decodeLoadPerRequest: Double
    private let log: EventLog
    /// Ring of waiting requests.
    private let contexts: UnsafeMutablePointer<Double>
    private let answers: UnsafeMutablePointer<Double>
    /// Heap by the token count at which each request of the batch is done.
    private let ends: UnsafeMutablePointer<Double>

    private var head = 0
    private(set) var waiting = 0
    private(set) var decoding = 0
    private var prefillLeft = 0.0
    private var isPrefilling = false
    private var prefillAnswer = 0.0
    /// Tokens that a request in the batch since the start would have made.
    private var tokens = 0.0
    private var hasToldRefusal = false
    private(set) var accepted = 0
    private(set) var completed = 0
    private(set) var refused = 0

    init(_ configuration: InferenceConfiguration, tray: Int, log: EventLog, in storage: Storage) {
        self.tray = tray
        self.log = log
        batchLimit = max(1, configuration.batchLimit)
        prefillRate = configuration.prefillRate
        pace = configuration.decodeRate / Double(batchLimit)
        prefillLoad = configuration.prefillLoad
        decodeLoadPerRequest = configuration.decodeLoad / Double(batchLimit)
        contexts = storage.make(InferenceServer.queueLimit, of: 0.0)
        answers = storage.make(InferenceServer.queueLimit, of: 0.0)
        ends = storage.make(batchLimit, of: 0.0)
    }

    mutating func accept(context: Double, generated: Double) {
        guard waiting < InferenceServer.queueLimit else { return refuse() }
        let slot = (head + waiting) % InferenceServer.queueLimit
        contexts[slot] = context
        answers[slot] = generated
        waiting += 1
        accepted += 1
    }

    mutating func refuse() {
        refused += 1
        if !hasToldRefusal { log.append(.requestsRefused(tray: tray)) }
        hasToldRefusal = true
    }

    mutating func advance(_ interval: Double, bank: TrayBank) {
        guard bank.isRunning(tray) else {
            bank.setLoad(0, tray: tray)
            return
        }
        let state = bank.trays + tray
        let prefillSpeed = prefillRate * state.pointee.throughput(at: prefillLoad)
        let left = prefill(interval, speed: prefillSpeed)
        let decodeLoad = decodeLoadPerRequest * Double(decoding)
        let decodeSpeed = state.pointee.throughput(at: decodeLoad)
        tokens += pace * decodeSpeed * left
        while decoding > 0 && ends[0] <= tokens { finishFirst() }
        let prefillShare = (interval - left) * prefillLoad
        let decodeShare = left * decodeLoad
        bank.setLoad((prefillShare + decodeShare) / interval, tray: tray)
        let prefillDone = prefillSpeed > 0 ? prefillShare * prefillSpeed / prefillRate : 0
        bank.count(work: prefillDone + decodeShare * decodeSpeed, wanted: prefillShare + decodeShare, tray: tray)
        if waiting == 0 { hasToldRefusal = false }
    }

    /// Prefills for at most `interval` seconds; the time left for decoding.
    private mutating func prefill(_ interval: Double, speed: Double) -> Double {
        var left = interval
        while left > 0 {
            if !isPrefilling {
                guard waiting > 0 && decoding < batchLimit else { return left }
                isPrefilling = true
                prefillLeft = contexts[head]
                prefillAnswer = answers[head]
                head = head + 1 == InferenceServer.queueLimit ? 0 : head + 1
                waiting -= 1
            }
            let possible = speed * left
            if prefillLeft > possible {
                prefillLeft -= possible
                return 0
            }
            if prefillLeft > 0 { left -= prefillLeft / speed }
            isPrefilling = false
            join(tokens + prefillAnswer)
        }
        return max(0, left)
    }

    private mutating func join(_ end: Double) {
        var slot = decoding
        decoding += 1
        while slot > 0 && ends[(slot - 1) / 2] > end {
            ends[slot] = ends[(slot - 1) / 2]
            slot = (slot - 1) / 2
        }
        ends[slot] = end
    }

    private mutating func finishFirst() {
        completed += 1
        decoding -= 1
        let last = ends[decoding]
        var slot = 0
        while true {
            var child = 2 * slot + 1
            guard child < decoding else { break }
            if child + 1 < decoding && ends[child + 1] < ends[child] { child += 1 }
            guard ends[child] < last else { break }
            ends[slot] = ends[child]
            slot = child
        }
        ends[slot] = last
    }
}
