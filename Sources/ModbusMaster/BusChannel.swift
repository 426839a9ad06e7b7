internal import Glibc
internal import ModbusWire
internal import RackControl
internal import Synchronization
internal import Units

/// One line and its thread: keeps the line open, and carries out one transaction at a time.
///
/// The slots of the transaction and of its completion belong to the driving thread while the state is `idle` or
/// `completed`, and to the channel's own thread while it is `submitted`; the state's atomic hands them over.
final class BusChannel: @unchecked Sendable {
    private enum State {
        static let idle = 0
        static let submitted = 1
        static let completed = 2
    }

    let line: ChannelLine
    private let exchange: any LineExchange
    private let options: MasterOptions
    private let board: CompletionBoard

    private let state = Atomic<Int>(State.idle)
    private let work = ThreadSignal()
    private let ended = Atomic<Bool>(false)
    private let ending = ThreadSignal()
    private var thread = pthread_t()
    /// Without one, every transaction ends as a time-out at once.
    private var hasThread = false

    private var transaction: BusTransaction?
    private var reply = BusReply.timeout
    private var words = RegisterBlock()
    private var sentAt = Instant.start
    private var endedAt = Instant.start

    /// Of the channel's thread: when a connection may be tried again, and how long to pause if that fails.
    private var connectAt = Instant.start
    private var pause: Interval
    /// Whether anything was answered since the line was opened.
    private var hasAnswered = false

    /// Nil when memory is short.
    init?(_ endpoint: MasterEndpoint, index: Int, options: MasterOptions, board: CompletionBoard) {
        guard let context = ModbusContext(endpoint, transmitterControl: options.transmitterControl) else { return nil }
        line = ChannelLine(index: index, endpoint: endpoint, context: context, observer: options.frameObserver)
        self.options = options
        self.board = board
        pause = options.firstPause
        exchange =
            switch endpoint {
            case .tcp: TCPExchange(line: line, options: options)
            case .rtu(_, let baud, _, _, let echoes):
                RTUExchange(
                    line: line, baud: baud, echoes: echoes, lateAnswerAllowance: options.lateAnswerAllowance)
            }
    }

    // MARK: Driving thread

    func start() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        // Looking up a name may load libraries of the system; the rest needs little. Arbitrary.
        pthread_attr_setstacksize(&attributes, 512 << 10)
        let ownThread = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, &attributes,
            { channel in
                Unmanaged<BusChannel>.fromOpaque(channel!).takeRetainedValue().run()
                return nil
            }, ownThread.toOpaque())
        pthread_attr_destroy(&attributes)
        hasThread = status == 0
        guard !hasThread else { return }
        ownThread.release()
        line.counters.note(ChannelTrouble(kind: .thread, detail: status))
    }

    func submit(_ transaction: BusTransaction) {
        precondition(state.load(ordering: .acquiring) == State.idle, "a channel carries out one transaction at a time")
        self.transaction = transaction
        guard hasThread else {
            words.removeAll()
            ChannelCounters.increment(line.counters.timeouts)
            finish(.timeout, sentAt: MonotonicClock.now)
            return
        }
        state.store(State.submitted, ordering: .releasing)
        work.wake()
    }

    /// After the board has named this channel.
    func fetch(registers: inout RegisterBlock) -> MasterCompletion {
        precondition(state.load(ordering: .acquiring) == State.completed, "nothing was completed")
        guard let transaction else { preconditionFailure("a completion belongs to a transaction") }
        registers = words
        let completion = MasterCompletion(
            channel: line.index, transaction: transaction, reply: reply, sentAt: sentAt, endedAt: endedAt)
        state.store(State.idle, ordering: .releasing)
        return completion
    }

    func requestStop() {
        line.isStopping.store(true, ordering: .releasing)
        work.wake()
    }

    /// After `requestStop`. A thread that does not end by `deadline` (the system looks up a name for it) is left alone:
    /// it ends by itself, and takes this channel with it.
    func join(until deadline: Instant) {
        guard hasThread else { return }
        if ending.wait(until: deadline, for: { ended.load(ordering: .acquiring) }) {
            pthread_join(thread, nil)
        } else {
            pthread_detach(thread)
        }
    }

    // MARK: Channel's thread

    private func run() {
        options.onThreadStart?(line.index)
        while !line.mustStop {
            let isWanted = work.wait(until: line.context.isOpen ? .never : connectAt) {
                state.load(ordering: .acquiring) == State.submitted || line.mustStop
            }
            if line.mustStop { break }
            if isWanted, let transaction { carryOut(transaction) } else { connect(within: options.connectTimeout) }
        }
        line.context.close()
        line.counters.isConnected.store(false, ordering: .releasing)
        if state.load(ordering: .acquiring) == State.submitted { finish(.timeout, sentAt: MonotonicClock.now) }
        ended.store(true, ordering: .releasing)
        ending.wake()
    }

    private func carryOut(_ transaction: BusTransaction) {
        let patience = MonotonicClock.now + transaction.timeout
        words.removeAll()
        while becomeOpen(until: patience) {
            switch exchange.perform(transaction, words: &words) {
            case .notSent(let trouble): lose(trouble)
            case .ended(let outcome):
                if outcome.trouble != .none { line.counters.note(outcome.trouble) }
                count(outcome.reply)
                if !outcome.isUsable { lose(outcome.trouble) }
                finish(outcome.reply, sentAt: outcome.sentAt)
                return
            }
        }
        ChannelCounters.increment(line.counters.timeouts)
        finish(.timeout, sentAt: MonotonicClock.now)
    }

    /// False when there is no line by then.
    private func becomeOpen(until patience: Instant) -> Bool {
        while !line.context.isOpen {
            let now = MonotonicClock.now
            if line.mustStop || now >= patience { return false }
            if now >= connectAt {
                connect(within: min(options.connectTimeout, patience - now))
            } else {
                _ = work.wait(until: min(connectAt, patience)) { line.mustStop }
            }
        }
        return true
    }

    private func connect(within limit: Interval) {
        let trouble = line.context.open(within: limit)
        guard trouble == .none else {
            line.counters.note(trouble)
            backOff()
            return
        }
        exchange.begin()
        hasAnswered = false
        ChannelCounters.increment(line.counters.connections)
        line.counters.isConnected.store(true, ordering: .releasing)
    }

    /// A line that worked is opened again at once. One that was opened in vain, after a pause: a device that is merely
    /// overloaded works off what it was asked on the old connection first, and would never come to the new one.
    private func lose(_ trouble: ChannelTrouble) {
        line.counters.note(trouble)
        line.context.close()
        line.counters.isConnected.store(false, ordering: .releasing)
        if hasAnswered { connectAt = .start } else { backOff() }
    }

    private func backOff() {
        connectAt = MonotonicClock.now + pause
        pause = min(pause + pause, options.longestPause)
    }

    private func count(_ reply: BusReply) {
        switch reply {
        case .registers, .text, .written: break
        case .exception: ChannelCounters.increment(line.counters.exceptions)
        case .timeout: ChannelCounters.increment(line.counters.timeouts)
        case .badFrame: ChannelCounters.increment(line.counters.badFrames)
        case .mismatch: ChannelCounters.increment(line.counters.mismatches)
        }
        switch reply {
        case .registers, .text, .written, .exception:
            hasAnswered = true
            pause = options.firstPause
        case .timeout, .badFrame, .mismatch: break
        }
    }

    private func finish(_ reply: BusReply, sentAt: Instant) {
        self.reply = reply
        self.sentAt = sentAt
        endedAt = MonotonicClock.now
        state.store(State.completed, ordering: .releasing)
        board.post(line.index)
    }
}
