internal import ModbusWire
internal import RackControl
internal import Units

/// Requests and answers on a serial line.
///
/// Purpose: the answer to this request, and no other, becomes the reply, though nothing in an answer says which request
/// it belongs to. Inputs: octets of a shared line, with noise, in lumps. Intended behaviour: a request follows t3.5 of
/// silence, and what came before is read away. A unit that did not answer in time is asked nothing for a while
/// (`MasterOptions.lateAnswerAllowance`), or until the answer has come. If it has not, a read that could be taken for it
/// is sent behind a read of another quantity (`OwedShapes`), whose answer proves that the unit is in step again. Other
/// units are asked meanwhile, since theirs cannot be mistaken for it. An answer that has begun at the deadline is heard
/// out, then counts as late. After a restart: as after opening, t3.5 of silence first.
final class RTUExchange: LineExchange {
    private let line: ChannelLine
    private let timing: SerialLineTiming
    /// What ends a frame in the octets that the driver hands over. USB adapters deliver in lumps of up to 16 ms
    /// (FTDI's latency timer by default); the server side of Busbar waits as long.
    private let silence: Interval
    /// `nil` where the adapter does not hear itself.
    private var echo: LineEcho?
    private let lateAnswerAllowance: Interval?
    private var request = FrameBuffer()
    private var receiver: RTUReceiver
    /// All octets of an answer, for whoever watches.
    private var heard = FrameBuffer()
    /// When the line has been silent for t3.5.
    private var freeAt = Instant.start
    private var owed = OwedAnswers()
    private var shapes = OwedShapes()
    /// What is wrong with the adapter, seen in the present answer.
    private var echoTrouble = ChannelTrouble.Kind.none

    init(line: ChannelLine, baud: Int, echoes: Bool, lateAnswerAllowance: Interval?) {
        self.line = line
        echo = echoes ? LineEcho() : nil
        self.lateAnswerAllowance = lateAnswerAllowance
        timing = SerialLineTiming(baud: Int64(baud))
        silence = max(timing.betweenFrames, .milliseconds(25))
        receiver = RTUReceiver(direction: .responses, silence: silence)
    }

    func begin() { freeAt = MonotonicClock.now + timing.betweenFrames }

    func perform(_ transaction: BusTransaction, words: inout RegisterBlock) -> ExchangeOutcome {
        if let outcome = becomeFree(for: transaction) { return outcome }
        if case .readRegisters(let table, let address, _) = transaction.request,
            let quantity = shapes.quantityBefore(transaction.request, to: transaction.unit)
        {
            var question = transaction
            question.request = .readRegisters(table: table, address: address, count: quantity)
            let ending = converse(question, words: &words)
            switch ending.reply {
            case .registers, .exception: break
            default: return .ended(ending)
            }
            if let outcome = becomeFree(for: transaction) { return outcome }
        }
        return .ended(converse(transaction, words: &words))
    }

    private func converse(_ transaction: BusTransaction, words: inout RegisterBlock) -> ExchangeOutcome.Ending {
        request.beginRTU(unit: transaction.unit)
        transaction.request.encode(into: &request)
        request.endRTU()
        let sentAt = MonotonicClock.now
        line.observe(request, .requests, at: sentAt)
        let trouble = line.context.send(request)
        guard trouble == .none else {
            return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
        }
        ChannelCounters.increment(line.counters.requests)
        receiver = RTUReceiver(direction: .responses, silence: silence)
        heard.removeAll()
        echoTrouble = .none
        echo?.forget()
        echo?.expect(request.span)
        // The system takes octets faster than the line carries them.
        let endOfRequest = sentAt + timing.character * Int64(request.count)
        freeAt = endOfRequest + timing.betweenFrames
        let ending = awaitAnswer(to: transaction, sentAt: sentAt, deadline: endOfRequest + transaction.timeout, &words)
        line.observe(heard, .responses, at: MonotonicClock.now)
        return ending
    }

    // MARK: Silence

    private enum Quiet {
        case quiet
        case babbling
        case lost(ChannelTrouble)
    }

    /// Nil when the request can be sent.
    private func becomeFree(for transaction: BusTransaction) -> ExchangeOutcome? {
        receiver = RTUReceiver(direction: .responses, silence: silence)
        switch becomeQuiet(for: transaction.unit, patience: transaction.timeout) {
        case .quiet: return nil
        case .lost(let trouble): return .notSent(trouble)
        case .babbling:
            let trouble = ChannelTrouble(kind: .neverQuiet)
            return .ended(.init(reply: .timeout, sentAt: MonotonicClock.now, trouble: trouble))
        }
    }

    /// Waits until the line is free for a request to `unit`, and reads away what comes meanwhile.
    private func becomeQuiet(for unit: UInt8, patience: Interval) -> Quiet {
        let end = max(MonotonicClock.now, owed.end(for: unit)) + patience
        while true {
            if let trouble = discard() { return .lost(trouble) }
            let now = MonotonicClock.now
            let target = max(freeAt, owed.end(for: unit))
            if now >= target { return .quiet }
            if now >= end || line.mustStop { return .babbling }
            // The short silence between frames exactly, a long one so that its end can come early.
            if target - now < .milliseconds(5) {
                MonotonicClock.sleep(until: target)
            } else {
                line.waitForInput(until: target)
            }
        }
    }

    private func discard() -> ChannelTrouble? {
        while true {
            switch line.context.receive() {
            case .octets:
                let now = MonotonicClock.now
                freeAt = now + timing.betweenFrames
                line.observeReceived(at: now)
                for octet in line.context.received where receiver.receive(octet, at: now) { takeLate() }
                return nil
            case .lost(let trouble): return trouble
            case .nothing: return nil
            }
        }
    }

    /// The frame that was received is an answer to a request that is over.
    private func takeLate() {
        let unit = receiver.frame[0]
        shapes.take(receiver.frame)
        if !shapes.isOwed(by: unit) { owed.settle(unit) }
        ChannelCounters.increment(line.counters.lateAnswers)
    }

    /// The answer to this request may still come.
    private func expectLate(_ transaction: BusTransaction) {
        shapes.expect(transaction.request, from: transaction.unit)
        let end = MonotonicClock.now + (lateAnswerAllowance ?? transaction.timeout)
        owed.expect(from: transaction.unit, until: end)
    }

    private func settle(_ unit: UInt8) {
        shapes.settle(unit)
        owed.settle(unit)
    }

    // MARK: Answer

    private func awaitAnswer(
        to transaction: BusTransaction, sentAt: Instant, deadline: Instant, _ words: inout RegisterBlock
    ) -> ExchangeOutcome.Ending {
        // The longest answer that has begun just before the deadline ends here.
        let end = deadline + timing.character * Int64(ProtocolLimits.rtuLength) + silence
        while true {
            let now = MonotonicClock.now
            let isOver = now >= deadline
            switch line.context.receive() {
            case .octets:
                if let reply = collect(transaction, at: now, &words) {
                    return conclude(isOver ? .timeout : reply, transaction, sentAt: sentAt)
                }
                continue
            case .lost(let trouble):
                expectLate(transaction)
                return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
            case .nothing: break
            }
            let endOfFrame = receiver.nextDeadline
            if now >= endOfFrame {
                let reply = receiver.expire(at: now) ? judge(transaction, &words) : nil
                return conclude(isOver ? .timeout : reply ?? .badFrame, transaction, sentAt: sentAt)
            }
            if isOver && endOfFrame == .never || now >= end || line.mustStop {
                expectLate(transaction)
                return conclude(.timeout, transaction, sentAt: sentAt)
            }
            line.waitForInput(until: endOfFrame == .never ? deadline : min(endOfFrame, end))
        }
    }

    private func conclude(
        _ reply: BusReply, _ transaction: BusTransaction, sentAt: Instant
    ) -> ExchangeOutcome.Ending {
        let kind: ChannelTrouble.Kind =
            switch reply {
            case .timeout: .noAnswer
            case .mismatch: .wrongAnswer
            case .badFrame: echoTrouble == .none ? .damagedAnswer : echoTrouble
            case .registers, .text, .written, .exception: .none
            }
        return .init(reply: reply, sentAt: sentAt, trouble: ChannelTrouble(kind: kind, unit: transaction.unit))
    }

    /// Takes what the last read brought; nil while there is no answer.
    private func collect(_ transaction: BusTransaction, at now: Instant, _ words: inout RegisterBlock) -> BusReply? {
        freeAt = now + timing.betweenFrames
        let received = line.context.received
        guard let ownCount = takeEcho(of: received) else { return .badFrame }
        for octet in received.dropFirst(ownCount) where heard.freeCount > 0 { heard.append(octet) }
        if echo == nil, hasHeardRequest {
            echoTrouble = .echo
            return .badFrame
        }
        for position in received.indices.dropFirst(ownCount) where receiver.receive(received[position], at: now) {
            guard let reply = judge(transaction, &words) else { continue }
            // An answer that goes on behind its end is not to be trusted.
            return position == received.count - 1 ? reply : .badFrame
        }
        return nil
    }

    /// How many octets in front are the request's own; nil where something else came back, and nothing that comes is to be
    /// trusted.
    private func takeEcho(of octets: UnsafeBufferPointer<UInt8>) -> Int? {
        var count = 0
        while count < octets.count, let verdict = echo?.take(octets[count]), verdict != .foreign {
            guard verdict == .own else {
                echoTrouble = .noEcho
                return nil
            }
            count += 1
        }
        return count
    }

    /// Whether a request has come back that no answer looks like. Its answer may stand behind it; but the confirmation of a
    /// write could not be told from its echo.
    private var hasHeardRequest: Bool {
        guard heard.count >= request.count else { return false }
        switch FunctionCode(rawValue: request[1]) {
        case .writeSingleCoil, .writeSingleRegister, .maskWriteRegister, .diagnostics: return false
        default: return (0..<request.count).allSatisfy { heard[$0] == request[$0] }
        }
    }

    /// Nil for an answer that its unit owed.
    private func judge(_ transaction: BusTransaction, _ words: inout RegisterBlock) -> BusReply? {
        let frame = receiver.frame
        let unit = transaction.unit
        var reply = BusReply.mismatch
        if frame[0] == unit {
            let verdict = transaction.request.pdu.verdict(onReply: frame.rtuPDU, words: &words)
            reply = BusReply(verdict, to: transaction.request)
        }
        switch reply {
        case .mismatch where shapes.isOwed(by: frame[0]):
            takeLate()
            return nil
        // The right answer may be on its way.
        case .mismatch: expectLate(transaction)
        // Its quantity was owed by nobody else, so that this is the answer, and the last one.
        case .registers: settle(unit)
        case .exception where shapes.isOwed(by: unit): shapes.settle(unit, allBut: transaction.request)
        case .exception, .written, .text, .timeout, .badFrame: break
        }
        return reply
    }
}
