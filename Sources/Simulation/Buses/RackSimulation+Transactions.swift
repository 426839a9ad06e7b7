internal import DeviceSpecs
internal import ModbusWire
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// The way of a transaction: octets of the request to the device, octets of the answer back, and what the controller
/// makes of them.
extension RackSimulation {
    /// Lets the controller put its next request on an idle channel.
    func pump(_ index: Int, at instant: Instant) {
        let channel = channels[index]
        guard channel.transaction == nil, channel.outside.leavesTurn, mayTransact(at: instant) else { return }
        guard let transaction = controller.nextTransaction(channel: index, at: instant) else {
            wakeLater(channel, index, at: instant)
            return
        }
        channel.transaction = transaction
        channel.generation = controllerGeneration
        channel.seat = actingSeat
        encode(transaction, on: channel)
        let begin = max(instant, channel.freeAt)
        let sent = begin + channel.transmission(ofOctets: channel.request.count)
        channel.sentAt = sent
        channel.begunAt = begin
        channel.endsAt = sent + channel.recognition
        record(channel.request, of: channel, at: begin, direction: .request)
        checks.requested(by: actingSeat, from: begin, to: sent)
        queue.schedule(.requestArrived(channel: Int32(index)), at: sent + channel.recognition)
    }

    /// The controller says when it will have something for an idle channel; what is due after the next scan cycle is
    /// asked for then.
    private func wakeLater(_ channel: BusChannel, _ index: Int, at instant: Instant) {
        let due = controller.nextTransactionTime(channel: index)
        let isPlanned = channel.wakesAt > instant && channel.wakesAt <= due
        guard due > instant, due < controller.nextDeadline, !isPlanned else { return }
        channel.wakesAt = due
        queue.schedule(.channelWakes(channel: Int32(index)), at: due)
    }

    private func encode(_ transaction: BusTransaction, on channel: BusChannel) {
        switch channel.line {
        case .serial: channel.request.beginRTU(unit: transaction.unit)
        case .connection:
            channel.transactionIdentifier &+= 1
            channel.request.beginTCP(transaction: channel.transactionIdentifier, unit: transaction.unit)
        }
        transaction.request.encode(into: &channel.request)
        switch channel.line {
        case .serial: channel.request.endRTU()
        case .connection: channel.request.endTCP()
        }
    }

    /// The device, if there is one, serves the request; the answer's way back is planned.
    func requestArrived(_ channel: BusChannel, _ index: Int, at instant: Instant) {
        guard let transaction = channel.transaction else { return }
        let unit = transaction.unit
        if seats[channel.seat].busPartitions > 0 {
            loseRequest(channel, index, transaction, at: instant)
            return
        }
        let fault = drawFault(on: channel, unit: unit, at: instant)
        channel.isDisturbed = fault != nil
        channel.isSpoilt = !channel.isSerial && (fault?.spoilsConnection ?? false)
        channel.ending = .silence
        channel.reply.removeAll()
        let deadline = max(instant, channel.deadline(after: transaction.timeout))
        switch answer(on: channel, unit: unit, fault: fault, at: instant) {
        case .absent, .silence: conclude(channel, index, at: deadline)
        case .hangUp(let delay):
            // The client's end sees at once that nothing more will come; on a line there is nothing to see.
            let isSeen = channel.isSerial ? deadline : instant + delay + channel.transmission(ofOctets: 0)
            conclude(channel, index, at: min(isSeen, deadline))
        case .frame(let delay):
            sendAnswer(on: channel, index, at: instant + delay, deadline: deadline, fault: fault)
        }
    }

    /// What a controller sends that is cut off from its buses reaches nobody.
    private func loseRequest(_ channel: BusChannel, _ index: Int, _ transaction: BusTransaction, at instant: Instant) {
        channel.isDisturbed = true
        channel.isSpoilt = false
        channel.ending = .silence
        channel.reply.removeAll()
        conclude(channel, index, at: max(instant, channel.deadline(after: transaction.timeout)))
    }

    private func drawFault(on channel: BusChannel, unit: UInt8, at instant: Instant) -> BusFault.Kind? {
        switch channel.line {
        case .serial: drawFault(bus: channel.bus, unit: unit, pdu: channel.request.rtuPDU, at: instant)
        case .connection: drawFault(bus: channel.bus, unit: unit, pdu: channel.request.tcpPDU, at: instant)
        }
    }

    /// Puts the answer on the line, and plans when the client has it or gives up.
    private func sendAnswer(
        on channel: BusChannel, _ index: Int, at begin: Instant, deadline: Instant, fault: BusFault.Kind?
    ) {
        let octetGap = fault?.octetGap ?? .zero
        if channel.isSerial, begin > deadline {
            // The client has given up, and its next request makes the device forget what it had to say.
            channel.reply.removeAll()
            conclude(channel, index, at: deadline)
            return
        }
        if case .serial(let timing) = channel.line, octetGap > timing.betweenFrames {
            sendBroken(on: channel, index, at: begin, deadline: deadline, octetGap: octetGap, timing)
            if let unit = channel.transaction?.unit { carryAnswer(of: unit, onBus: channel.bus, fault: fault) }
            return
        }
        let end =
            begin + channel.transmission(ofOctets: channel.reply.count) + octetGap * Int64(channel.reply.count - 1)
        record(channel.reply, of: channel, at: begin, direction: .response)
        if let unit = channel.transaction?.unit { carryAnswer(of: unit, onBus: channel.bus, fault: fault) }
        // A client hears out an answer that has begun on its line. A late one on a connection carries the identifier of
        // a request that is over, and is dropped for it.
        if channel.isSerial { channel.lineBusyUntil = end }
        // A serial client takes a frame for complete when the line has been silent for t3.5.
        let known = end + channel.recognition
        let isWaitedFor = !channel.isSerial && (fault?.leavesStreamWaiting ?? false)
        guard known <= deadline, !isWaitedFor else {
            conclude(channel, index, at: deadline)
            return
        }
        channel.ending = .answer
        conclude(channel, index, at: known)
    }

    /// An answer with silences in it that end frames: the client sees rubbish until its time-out, and what is not sent
    /// by then its next request makes the device forget.
    private func sendBroken(
        on channel: BusChannel, _ index: Int, at begin: Instant, deadline: Instant, octetGap: Interval,
        _ timing: SerialLineTiming
    ) {
        let perOctet = timing.character + octetGap
        let begun = (deadline - begin).rawValue / perOctet.rawValue + 1
        let isWhole = begun >= channel.reply.count
        if !isWhole { channel.reply.truncate(to: Int(begun)) }
        record(channel.reply, of: channel, at: begin, direction: .response)
        let end = begin + perOctet * Int64(channel.reply.count - 1) + timing.character
        channel.lineBusyUntil = end
        channel.ending = .brokenFrame
        conclude(channel, index, at: max(end, isWhole ? min(end + channel.recognition, deadline) : deadline))
    }

    private func conclude(_ channel: BusChannel, _ index: Int, at instant: Instant) {
        channel.endsAt = instant
        queue.schedule(.transactionEnded(channel: Int32(index)), at: instant)
    }

    /// Decodes the request as the device's own receiver would, and lets its unit answer.
    private func answer(
        on channel: BusChannel, unit: UInt8, fault: BusFault.Kind?, at instant: Instant
    ) -> BusAnswer {
        switch channel.line {
        case .serial:
            guard (try? RTUFrame(decoding: channel.request.span)) != nil else { return .silence }
            return answer(
                channel.request.rtuPDU, by: unit, bus: channel.bus, as: .rtu, fault: fault, at: instant,
                reply: &channel.reply)
        case .connection:
            guard (try? MBAPHeader(decoding: channel.request.span)) != nil else { return .silence }
            return answer(
                channel.request.tcpPDU, by: unit, bus: channel.bus,
                as: .tcp(transaction: channel.transactionIdentifier), fault: fault, at: instant, reply: &channel.reply)
        }
    }

    /// The controller learns what came of its request, and may put the next one on the line.
    func transactionEnded(_ channel: BusChannel, _ index: Int, at instant: Instant) {
        guard let transaction = channel.transaction else { return }
        let verdict: BusReply =
            switch channel.ending {
            case .answer: judge(channel, transaction)
            case .brokenFrame: .badFrame
            case .silence: .timeout
            }
        count(verdict, on: channel, at: instant)
        mix(channel, at: instant)
        checks.transactionEnded(
            on: channel, begunAt: channel.begunAt, verdict: verdict, isDisturbed: channel.isDisturbed)
        channel.transaction = nil
        channel.freeAt = max(instant, max(channel.sentAt, channel.lineBusyUntil) + channel.gap)
        if channel.isSpoilt { channel.freeAt += channel.connecting() }
        channel.outside.freeAt = channel.freeAt
        deliver(verdict, to: transaction, of: channel, at: instant)
        pump(index, at: instant)
    }

    /// To the controller who asked, if it still is there.
    private func deliver(
        _ verdict: BusReply, to transaction: BusTransaction, of channel: BusChannel, at instant: Instant
    ) {
        guard channel.generation == controllerGeneration else { return }
        guard seats[channel.seat].pauses == 0 else {
            seats[channel.seat].undelivered.append(transaction)
            return
        }
        safety?.ended(transaction, verdict: verdict, sentAt: channel.sentAt, at: instant)
        controller.complete(transaction, reply: verdict, registers: replyWords, at: instant)
        noteControllerEvents()
    }

    /// Reads the answer as a controller must: nothing of it is believed before frame, unit and function fit.
    private func judge(_ channel: BusChannel, _ transaction: BusTransaction) -> BusReply {
        replyWords.removeAll()
        let request = transaction.request.pdu
        switch channel.line {
        case .serial:
            guard let frame = try? RTUFrame(decoding: channel.reply.span) else { return .badFrame }
            guard frame.unit == transaction.unit else { return .mismatch }
            return BusReply(request.verdict(onReply: channel.reply.rtuPDU, words: &replyWords), to: transaction.request)
        case .connection:
            guard let header = try? MBAPHeader(decoding: channel.reply.span),
                header.aduLength == channel.reply.count
            else { return .badFrame }
            guard header.unit == transaction.unit, header.transaction == channel.transactionIdentifier else {
                return .mismatch
            }
            return BusReply(request.verdict(onReply: channel.reply.tcpPDU, words: &replyWords), to: transaction.request)
        }
    }

    private func count(_ verdict: BusReply, on channel: BusChannel, at instant: Instant) {
        let bus = channel.bus
        counters[bus].transactions += 1
        counters[bus].octets += channel.request.count + channel.reply.count
        counters[bus].busy += max(instant, channel.lineBusyUntil) - channel.begunAt
        switch verdict {
        case .registers, .text, .written: break
        case .exception: counters[bus].exceptions += 1
        case .timeout: counters[bus].timeouts += 1
        case .badFrame, .mismatch: counters[bus].badFrames += 1
        }
    }

    private func mix(_ channel: BusChannel, at instant: Instant) {
        digest.mix(instant.rawValue)
        digest.mix(channel.bus)
        channel.request.withUnsafeBytes { digest.mix($0) }
        channel.reply.withUnsafeBytes { digest.mix($0) }
    }

    private func record(
        _ frame: borrowing FrameBuffer, of channel: BusChannel, at instant: Instant,
        direction: RunRecords.FrameDirection
    ) {
        guard let recorder, let transaction = channel.transaction else { return }
        frame.withUnsafeBytes {
            recorder.record(
                frame: $0, at: instant.rawValue, bus: channel.bus, unit: transaction.unit, direction: direction)
        }
    }
}
