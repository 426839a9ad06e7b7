internal import ModbusWire
internal import RackControl
internal import Units

/// Requests and answers on a Modbus TCP connection.
///
/// Purpose: the answer to this request, and no other, becomes the reply. Inputs: a stream of octets, not to be trusted.
/// Intended behaviour: an answer is known by its transaction identifier; one that bears the identifier of an earlier
/// request of the same connection is late, is counted, and is thrown away, however long ago that was. A unit that did
/// not answer in time is asked nothing until it has, or for a while (`MasterOptions.lateAnswerAllowance`). A stream that is
/// out of step (no Modbus header, an answer half there at the deadline, octets behind its end) is never believed
/// again: the connection is made anew. So is one that was silent several times in a row, because its far end may be gone.
/// After a restart: a new connection begins with the next identifier.
final class TCPExchange: LineExchange {
    private let line: ChannelLine
    private let silencesUntilReconnect: Int
    private let lateAnswerAllowance: Interval?
    private var request = FrameBuffer()
    private var receiver = TCPReceiver()
    private var identifier: UInt16 = 0
    /// Requests on this connection; those of an earlier one cannot be answered here.
    private var issued = 0
    private var silences = 0
    private var isMidFrame = false
    private var owed = OwedAnswers()

    init(line: ChannelLine, options: MasterOptions) {
        self.line = line
        silencesUntilReconnect = options.silencesUntilReconnect
        lateAnswerAllowance = options.lateAnswerAllowance
    }

    func begin() {
        receiver = TCPReceiver()
        issued = 0
        silences = 0
        isMidFrame = false
        owed.removeAll()
    }

    func perform(_ transaction: BusTransaction, words: inout RegisterBlock) -> ExchangeOutcome {
        if let trouble = becomeReady(for: transaction.unit, words: &words) { return .notSent(trouble) }
        identifier &+= 1
        issued += 1
        request.beginTCP(transaction: identifier, unit: transaction.unit)
        transaction.request.encode(into: &request)
        request.endTCP()
        let sentAt = MonotonicClock.now
        line.observe(request, .requests, at: sentAt)
        let trouble = line.context.send(request)
        guard trouble == .none else {
            return .ended(.init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false))
        }
        ChannelCounters.increment(line.counters.requests)
        let ending = awaitAnswer(to: transaction, sentAt: sentAt, words: &words)
        if case .timeout = ending.reply {
            let end = MonotonicClock.now + (lateAnswerAllowance ?? transaction.timeout)
            owed.expect(from: transaction.unit, identifier: identifier, until: end)
        }
        return .ended(ending)
    }

    private func awaitAnswer(
        to transaction: BusTransaction, sentAt: Instant, words: inout RegisterBlock
    ) -> ExchangeOutcome.Ending {
        let unit = Int32(transaction.unit)
        let deadline = sentAt + transaction.timeout
        while true {
            line.waitForInput(until: deadline)
            switch line.context.receive() {
            case .octets:
                switch collect(transaction, words: &words) {
                case .nothing: break
                case .reply(let reply):
                    silences = 0
                    let isWrong = if case .mismatch = reply { true } else { false }
                    let trouble = isWrong ? ChannelTrouble(kind: .wrongAnswer, detail: unit) : .none
                    return .init(reply: reply, sentAt: sentAt, trouble: trouble)
                case .outOfStep:
                    return .init(
                        reply: .badFrame, sentAt: sentAt, trouble: ChannelTrouble(kind: .outOfStep), isUsable: false)
                }
            case .lost(let trouble):
                return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
            case .nothing: break
            }
            if MonotonicClock.now >= deadline || line.mustStop { return giveUp(on: unit, sentAt: sentAt) }
        }
    }

    private func giveUp(on unit: Int32, sentAt: Instant) -> ExchangeOutcome.Ending {
        silences += 1
        if isMidFrame {
            line.observe(receiver.frame, .responses, at: MonotonicClock.now)
            let trouble = ChannelTrouble(kind: .damagedAnswer, detail: unit)
            return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
        }
        guard silences >= silencesUntilReconnect else {
            return .init(reply: .timeout, sentAt: sentAt, trouble: ChannelTrouble(kind: .noAnswer, detail: unit))
        }
        let trouble = ChannelTrouble(kind: .silent, detail: Int32(clamping: silences))
        return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
    }

    // MARK: Receiving

    private enum Collected {
        case nothing
        case reply(BusReply)
        case outOfStep
    }

    /// Reads away what is over, and waits for an answer that the unit owes; the trouble when the connection cannot be used
    /// any more.
    private func becomeReady(for unit: UInt8, words: inout RegisterBlock) -> ChannelTrouble? {
        while true {
            if let trouble = drain(words: &words) { return trouble }
            let end = owed.end(for: unit)
            if end == .start || MonotonicClock.now >= end || line.mustStop { return nil }
            line.waitForInput(until: end)
        }
    }

    /// Reads away what came since the last answer; the trouble when the connection cannot be used any more.
    private func drain(words: inout RegisterBlock) -> ChannelTrouble? {
        // So much may be waiting from answers that are over; more is a flood (arbitrary).
        for _ in 0..<64 {
            switch line.context.receive() {
            case .octets:
                if case .outOfStep = collect(nil, words: &words) { return ChannelTrouble(kind: .outOfStep) }
            case .lost(let trouble): return trouble
            case .nothing: return isMidFrame ? ChannelTrouble(kind: .outOfStep) : nil
            }
        }
        return ChannelTrouble(kind: .neverQuiet)
    }

    /// Takes what the last read brought. Everything is late when nothing is awaited.
    private func collect(_ transaction: BusTransaction?, words: inout RegisterBlock) -> Collected {
        let received = line.context.received
        let now = MonotonicClock.now
        var position = 0
        var found: BusReply?
        while position < received.count {
            let start = position
            do throws(MBAPError) {
                isMidFrame = try !receiver.receive(received.span, from: &position)
            } catch {
                line.observeReceived(from: start, at: now)
                return .outOfStep
            }
            guard !isMidFrame else { break }
            line.observe(receiver.frame, .responses, at: now)
            if let transaction, found == nil {
                found = judge(transaction, words: &words)
            } else {
                noteLate()
            }
        }
        guard let found else { return .nothing }
        // An answer that goes on behind its end is not to be trusted.
        return isMidFrame ? .outOfStep : .reply(found)
    }

    /// Who answers late is there.
    private func noteLate() {
        silences = 0
        owed.settle(receiver.header.unit, identifier: receiver.header.transaction)
        ChannelCounters.increment(line.counters.lateAnswers)
    }

    /// Nil for a late answer.
    private func judge(_ transaction: BusTransaction, words: inout RegisterBlock) -> BusReply? {
        let header = receiver.header
        guard header.transaction == identifier else {
            guard Int(identifier &- header.transaction) < issued else { return .mismatch }
            noteLate()
            return nil
        }
        guard header.unit == transaction.unit else { return .mismatch }
        let frame = receiver.frame
        let verdict = transaction.request.pdu.verdict(onReply: frame.tcpPDU, words: &words)
        return BusReply(verdict, to: transaction.request)
    }
}
