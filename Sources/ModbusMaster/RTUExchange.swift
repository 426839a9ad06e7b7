internal import ModbusWire
internal import RackControl
internal import Units

/// Requests and answers on a serial line.
///
/// Purpose: the answer to this request, and no other, becomes the reply, though nothing in an answer says which request
/// it belongs to. Inputs: octets of a shared line, with noise, in lumps. Intended behaviour: a request follows t3.5 of
/// silence, and what came before is read away. A unit that did not answer in time owes an answer: it is asked nothing
/// for a while (`MasterOptions.lateAnswerAllowance`), or until that answer has come; other units are asked meanwhile,
/// since theirs cannot be mistaken for it. An answer that has begun at the deadline is heard out, then counts as late.
/// What comes later still is told apart by unit, function and quantity alone. After a restart: as after opening, t3.5
/// of silence first.
final class RTUExchange: LineExchange {
    private let line: ChannelLine
    private let timing: SerialLineTiming
    /// What ends a frame in the octets that the driver hands over. USB adapters deliver in lumps of up to 16 ms
    /// (FTDI's latency timer by default); the server side of Busbar waits as long.
    private let silence: Interval
    private let lateAnswerAllowance: Interval?
    private var request = FrameBuffer()
    private var receiver: RTUReceiver
    /// All octets of an answer, for whoever watches.
    private var heard = FrameBuffer()
    /// When the line has been silent for t3.5.
    private var freeAt = Instant.start
    /// By unit: until when it may still send an answer that is over; `.start` when it owes none.
    private var owesUntil = [Instant](repeating: .start, count: 256)
    private var owes = [Bool](repeating: false, count: 256)

    init(line: ChannelLine, baud: Int, lateAnswerAllowance: Interval?) {
        self.line = line
        self.lateAnswerAllowance = lateAnswerAllowance
        timing = SerialLineTiming(baud: Int64(baud))
        silence = max(timing.betweenFrames, .milliseconds(25))
        receiver = RTUReceiver(direction: .responses, silence: silence)
    }

    func begin() { freeAt = MonotonicClock.now + timing.betweenFrames }

    func perform(_ transaction: BusTransaction, words: inout RegisterBlock) -> ExchangeOutcome {
        let unit = Int(transaction.unit)
        receiver = RTUReceiver(direction: .responses, silence: silence)
        switch becomeQuiet(for: unit, patience: transaction.timeout) {
        case .quiet: break
        case .lost(let trouble): return .notSent(trouble)
        case .babbling:
            let trouble = ChannelTrouble(kind: .neverQuiet)
            return .ended(.init(reply: .timeout, sentAt: MonotonicClock.now, trouble: trouble))
        }
        request.beginRTU(unit: transaction.unit)
        transaction.request.encode(into: &request)
        request.endRTU()
        let sentAt = MonotonicClock.now
        line.observe(request, .requests, at: sentAt)
        let trouble = line.context.send(request)
        guard trouble == .none else {
            return .ended(.init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false))
        }
        ChannelCounters.increment(line.counters.requests)
        receiver = RTUReceiver(direction: .responses, silence: silence)
        heard.removeAll()
        // The system takes octets faster than the line carries them.
        let endOfRequest = sentAt + timing.character * Int64(request.count)
        freeAt = endOfRequest + timing.betweenFrames
        let ending = awaitAnswer(to: transaction, sentAt: sentAt, deadline: endOfRequest + transaction.timeout, &words)
        line.observe(heard, .responses, at: MonotonicClock.now)
        if case .timeout = ending.reply { expectLate(unit, timeout: transaction.timeout) }
        return .ended(ending)
    }

    // MARK: Silence

    private enum Quiet {
        case quiet
        case babbling
        case lost(ChannelTrouble)
    }

    /// Waits until the line is free for a request to `unit`, and reads away what comes meanwhile.
    private func becomeQuiet(for unit: Int, patience: Interval) -> Quiet {
        let end = max(MonotonicClock.now, owesUntil[unit]) + patience
        while true {
            if let trouble = discard() { return .lost(trouble) }
            let now = MonotonicClock.now
            let target = max(freeAt, owesUntil[unit])
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
                for octet in line.context.received where receiver.receive(octet, at: now) {
                    settle(Int(receiver.frame[0]))
                }
                return nil
            case .lost(let trouble): return trouble
            case .nothing: return nil
            }
        }
    }

    private func expectLate(_ unit: Int, timeout: Interval) {
        owes[unit] = true
        owesUntil[unit] = MonotonicClock.now + (lateAnswerAllowance ?? timeout)
    }

    /// The answer that the unit owed has come.
    private func settle(_ unit: Int) {
        owes[unit] = false
        owesUntil[unit] = .start
        ChannelCounters.increment(line.counters.lateAnswers)
    }

    // MARK: Answer

    private func awaitAnswer(
        to transaction: BusTransaction, sentAt: Instant, deadline: Instant, _ words: inout RegisterBlock
    ) -> ExchangeOutcome.Ending {
        let unit = Int32(transaction.unit)
        // The longest answer that has begun just before the deadline ends here.
        let end = deadline + timing.character * Int64(ProtocolLimits.rtuLength) + silence
        let noAnswer = ExchangeOutcome.Ending(
            reply: .timeout, sentAt: sentAt, trouble: ChannelTrouble(kind: .noAnswer, detail: unit))
        let damaged = ExchangeOutcome.Ending(
            reply: .badFrame, sentAt: sentAt, trouble: ChannelTrouble(kind: .damagedAnswer, detail: unit))
        while true {
            let now = MonotonicClock.now
            let isOver = now >= deadline
            switch line.context.receive() {
            case .octets:
                if let reply = collect(transaction, at: now, &words) {
                    return conclude(reply, isOver: isOver, unit: unit, sentAt: sentAt)
                }
                continue
            case .lost(let trouble):
                return .init(reply: .timeout, sentAt: sentAt, trouble: trouble, isUsable: false)
            case .nothing: break
            }
            let endOfFrame = receiver.nextDeadline
            if isOver, endOfFrame == .never { return noAnswer }
            if now >= endOfFrame {
                guard receiver.expire(at: now), let reply = judge(transaction, &words) else {
                    return isOver ? noAnswer : damaged
                }
                return conclude(reply, isOver: isOver, unit: unit, sentAt: sentAt)
            }
            if now >= end || line.mustStop { return noAnswer }
            line.waitForInput(until: endOfFrame == .never ? deadline : min(endOfFrame, end))
        }
    }

    private func conclude(_ reply: BusReply, isOver: Bool, unit: Int32, sentAt: Instant) -> ExchangeOutcome.Ending {
        if isOver {
            return .init(reply: .timeout, sentAt: sentAt, trouble: ChannelTrouble(kind: .noAnswer, detail: unit))
        }
        owes[Int(unit)] = false
        let trouble: ChannelTrouble =
            switch reply {
            case .mismatch: ChannelTrouble(kind: .wrongAnswer, detail: unit)
            case .badFrame: ChannelTrouble(kind: .damagedAnswer, detail: unit)
            default: .none
            }
        return .init(reply: reply, sentAt: sentAt, trouble: trouble)
    }

    /// Takes what the last read brought; nil while there is no answer.
    private func collect(_ transaction: BusTransaction, at now: Instant, _ words: inout RegisterBlock) -> BusReply? {
        freeAt = now + timing.betweenFrames
        let received = line.context.received
        for octet in received where heard.freeCount > 0 { heard.append(octet) }
        for position in received.indices where receiver.receive(received[position], at: now) {
            guard let reply = judge(transaction, &words) else { continue }
            // An answer that goes on behind its end is not to be trusted.
            return position == received.count - 1 ? reply : .badFrame
        }
        return nil
    }

    /// Nil for an answer that its unit owed.
    private func judge(_ transaction: BusTransaction, _ words: inout RegisterBlock) -> BusReply? {
        let frame = receiver.frame
        let sender = Int(frame[0])
        guard frame[0] == transaction.unit else {
            guard owes[sender] else { return .mismatch }
            settle(sender)
            return nil
        }
        let verdict = transaction.request.pdu.verdict(onReply: frame.rtuPDU, words: &words)
        if case .mismatch = verdict, owes[sender] {
            settle(sender)
            return nil
        }
        return BusReply(verdict, to: transaction.request)
    }
}
