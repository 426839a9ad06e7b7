internal import ModbusWire
internal import NIOCore
internal import Simulation
internal import Units

/// One client: octets in, answers out, one request at a time and in order.
///
/// Purpose: carry octets between a channel and the rack. Inputs: whatever a client sends, in lumps of any size; nothing
/// of it is trusted. Intended behaviour: a request is served when the answer before it is out; until then what follows
/// waits, and no more is read from the socket, so that a client that floods or does not read its answers fills its own
/// buffers and nobody else's. A violation of the framing on Modbus TCP closes this connection and no other; on serial
/// framing the receiver finds the next frame after a silence. A client that has closed its sending half still gets the
/// answers to what it sent.
final class ClientConnection<Receiver: ADUReceiving>: ChannelDuplexHandler, AnswerSending {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Requests that one client may have answered at once before the others have their turn, and how long that is. Both
    /// arbitrary: a fraction of a millisecond of work, and 80,000 requests per second.
    private static var requestsPerTurn: Int { 16 }
    private static var pause: TimeAmount { .microseconds(200) }

    private let pump: RackPump
    private let line: ExternalLine
    private let events: ConnectionEvents
    private let batch: AnswerBatch
    /// How long nothing may come before the connection is closed; zero never closes it.
    private let patience: TimeAmount
    /// `nil` where octets take no time.
    private var pace: LinePace?
    /// `nil` where an adapter does not hear itself, and on connections.
    private var echo: LineEcho?
    /// Where others share the line that this client asks on.
    private let turns: LineTurns?
    private var receiver: Receiver
    /// What of it the line's units were told.
    private var toldLost = 0
    private var toldPassed = 0
    private var reply = FrameBuffer()
    /// Answers that go out together, at the end of this turn of the loop.
    private var outgoing: ByteBuffer
    /// Answers in it, the parts of a slow one counted each.
    private var answersToSend = 0
    private var isEnlisted = false
    private var context: ChannelHandlerContext?
    private var socket: ClientSocket?
    /// Pieces that the socket did not take at once and that the channel still has to write.
    private var writesUnderWay = 0
    /// Octets that wait for the answer before them.
    private var backlog: ByteBuffer
    /// When octets came last, or the connection began.
    private var lastArrival: NIODeadline
    private var isWaiting = false
    private var isReadHeld = false
    private var isConsuming = false
    private var isWritable = true
    private var hasEnded = false
    private var waitTask: Scheduled<Void>?
    private var silenceTask: Scheduled<Void>?
    private var idleTask: Scheduled<Void>?

    init(
        _ receiver: Receiver, pump: RackPump, line: ExternalLine, turns: LineTurns? = nil, events: ConnectionEvents,
        buffers: ByteBufferAllocator, patience: TimeAmount = .zero, pace: LinePace? = nil, echo: LineEcho? = nil
    ) {
        self.pace = pace
        self.echo = echo
        self.receiver = receiver
        self.pump = pump
        self.line = line
        self.turns = turns
        self.events = events
        self.patience = patience
        batch = pump.batch
        outgoing = buffers.buffer(capacity: FrameBuffer.capacity)
        backlog = buffers.buffer(capacity: 0)
        lastArrival = pump.time
    }

    // MARK: From the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        awaitIdleness(context)
    }

    func channelActive(context: ChannelHandlerContext) {
        socket = ClientSocket(of: context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var octets = unwrapInboundIn(data)
        if echo != nil { dropEcho(from: &octets) }
        lastArrival = pump.time
        pace?.arrived(octets: octets.readableBytes, at: lastArrival)
        guard backlog.readableBytes == 0, !isConsuming else {
            backlog.writeBuffer(&octets)
            consume(context)
            return
        }
        // Served from the buffer in which they came: once nobody holds it, the channel reads into it again.
        consume(&octets, at: lastArrival, context)
        if octets.readableBytes > 0 { backlog.writeBuffer(&octets) }
        finishPass(context)
    }

    /// A client talks again when it has heard the answer. What differs from it is a collision, and somebody else's.
    private func dropEcho(from octets: inout ByteBuffer) {
        while let octet = octets.getInteger(at: octets.readerIndex, as: UInt8.self), echo?.take(octet) == .own {
            octets.moveReaderIndex(forwardBy: 1)
        }
    }

    func read(context: ChannelHandlerContext) {
        if isBlocked { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        consume(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            hasEnded = true
            closeWhenDone(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset by the client, mostly: nothing that concerns anybody else.
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancelTasks()
        socket = nil
        outgoing.clear()
        backlog.clear()
        turns?.withdraw(self)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancelTasks()
        self.context = nil
    }

    private func cancelTasks() {
        for task in [waitTask, silenceTask, idleTask] { task?.cancel() }
        (waitTask, silenceTask, idleTask) = (nil, nil, nil)
    }

    // MARK: Requests

    /// Every request was answered, every answer is with the system, and no frame has begun.
    var hasNothingLeft: Bool {
        !isWaiting && !isEnlisted && writesUnderWay == 0 && silenceTask == nil && backlog.readableBytes == 0
            && outgoing.readableBytes == 0
    }

    /// One request at most is under way: what it is answered with is not yet sent, or not yet there.
    var hasOneRequestAtMost: Bool {
        backlog.readableBytes == 0 && writesUnderWay == 0 && answersToSend + (isWaiting ? 1 : 0) <= 1
    }

    private var isBlocked: Bool { isWaiting || !isWritable }

    /// Serves what waits in the backlog, as far as it goes.
    private func consume(_ context: ChannelHandlerContext) {
        // What is written may make the channel call back; the call that is under way goes on by itself.
        guard !isConsuming else { return }
        if backlog.readableBytes > 0 {
            var octets = backlog
            backlog = ByteBuffer()
            consume(&octets, at: pump.time, context)
            if backlog.readableBytes > 0 { octets.writeBuffer(&backlog) }
            if octets.readableBytes == 0 { octets.clear() }
            backlog = octets
        }
        finishPass(context)
    }

    /// Serves requests as far as it goes.
    private func consume(_ octets: inout ByteBuffer, at time: NIODeadline, _ context: ChannelHandlerContext) {
        isConsuming = true
        var served = 0
        while octets.readableBytes > 0, !isBlocked {
            guard served < Self.requestsPerTurn else {
                wait(until: context.eventLoop.now + Self.pause, context) {}
                break
            }
            do throws(MBAPError) {
                if try nextRequest(in: &octets) {
                    serve(at: time, followedBy: octets.readableBytes + backlog.readableBytes, context)
                    served += 1
                }
            } catch {
                events.statistics.violations += 1
                octets.clear()
                sendAnswers()
                context.close(promise: nil)
            }
        }
        isConsuming = false
    }

    /// After requests were served, or could not be: what else depends on what is left.
    private func finishPass(_ context: ChannelHandlerContext) {
        tellHeard()
        awaitSilence(context)
        if isReadHeld, !isBlocked {
            isReadHeld = false
            context.read()
        }
        closeWhenDone(context)
    }

    /// All units on a line hear what was damaged on it and what others answered.
    private func tellHeard() {
        let (lost, passed) = (receiver.lostFrames, receiver.passedResponses)
        guard lost != toldLost || passed != toldPassed else { return }
        pump.noteHeard(frames: passed - toldPassed, damaged: lost - toldLost, onBus: line.bus)
        (toldLost, toldPassed) = (lost, passed)
    }

    /// Serves nothing before this time; then does what is due, and goes on.
    private func wait(until due: NIODeadline, _ context: ChannelHandlerContext, then act: @escaping () -> Void) {
        isWaiting = true
        waitTask = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) {
            self.isWaiting = false
            act()
            self.consume(context)
        }
    }

    /// Takes octets up to the end of one request; false when there is none in what came.
    private func nextRequest(in octets: inout ByteBuffer) throws(MBAPError) -> Bool {
        var position = 0
        var isWhole = false
        var violation: MBAPError?
        let arrival = Instant(rawValue: Int64(lastArrival.uptimeNanoseconds))
        octets.withUnsafeReadableBytes { bytes in
            do throws(MBAPError) {
                let octets = Span<UInt8>(_unsafeBytes: bytes)
                isWhole = try receiver.take(octets, from: &position, at: arrival)
            } catch {
                violation = error
            }
        }
        octets.moveReaderIndex(forwardBy: position)
        if let violation { throw violation }
        return isWhole
    }

    /// Lets the rack carry out the request that the receiver holds.
    ///
    /// - Parameter rest: how many octets have come behind it already.
    private func serve(at time: NIODeadline, followedBy rest: Int, _ context: ChannelHandlerContext) {
        events.statistics.requests += 1
        let whole = pace?.completion(ofOctets: receiver.frame.count, followedBy: rest)
        guard let whole, whole > time else {
            takeTurn(at: time, context)
            return
        }
        wait(until: whole, context) { self.takeTurn(at: whole, context) }
    }

    /// Carries the request out at once, or when the line that others use as well is free.
    private func takeTurn(at time: NIODeadline, _ context: ChannelHandlerContext) {
        guard let turns, !turns.take(self, keepsPace: line.keepsPace) else {
            carryOut(at: time, context)
            return
        }
        isWaiting = true
        turns.wait(self, keepsPace: line.keepsPace) {
            self.isWaiting = false
            self.carryOut(at: self.pump.time, context)
            self.consume(context)
        }
    }

    private func carryOut(at time: NIODeadline, _ context: ChannelHandlerContext) {
        let (answer, due) = pump.respond(to: receiver.frame, through: line, at: time, reply: &reply)
        let character = pace?.character ?? .zero
        switch answer {
        case .silence: turns?.release(self)
        case .frame where pace == nil:
            guard due > time else {
                takeReply()
                turns?.release(self)
                return
            }
            wait(until: due, context) {
                self.takeReply()
                self.turns?.release(self)
            }
        case .frame:
            let rate = OctetRate(begin: due, octet: character, gap: .zero, atOnce: pace?.octetsPerLump ?? 1)
            deliver(from: 0, rate, context)
        case .trickle(_, let gap):
            deliver(from: 0, OctetRate(begin: due, octet: character, gap: pump.duration(of: gap), atOnce: 1), context)
        case .hangUp:
            wait(until: due, context) {
                self.sendAnswers()
                context.close(promise: nil)
            }
        }
    }

    /// Lets the octets of the answer leave as they are due; until the last is out, nothing else is served.
    private func deliver(from start: Int, _ rate: OctetRate, _ context: ChannelHandlerContext) {
        guard start < reply.count else {
            turns?.release(self)
            return
        }
        let end = min(start + rate.atOnce, reply.count)
        let due = rate.completion(ofOctet: end - 1)
        if end == reply.count { pace?.answered(until: due) }
        wait(until: due, context) {
            self.takeReply(start..<end)
            self.sendAnswers()
            self.deliver(from: end, rate, context)
        }
    }

    /// The answer is due, or a part of it.
    private func takeReply(_ part: Range<Int>? = nil) {
        reply.withUnsafeBytes { _ = outgoing.writeBytes($0[part ?? $0.indices]) }
        echo?.expect(reply.span.extracting(part ?? 0..<reply.count))
        answersToSend += 1
        guard !isEnlisted else { return }
        isEnlisted = true
        batch.enlist(self)
    }

    func sendAnswers() {
        isEnlisted = false
        answersToSend = 0
        guard let context, outgoing.readableBytes > 0 else { return }
        if writesUnderWay == 0 { socket?.send(&outgoing) }
        guard outgoing.readableBytes > 0 else {
            outgoing.clear()
            return
        }
        let rest = outgoing
        outgoing.clear()
        writesUnderWay += 1
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.writesUnderWay -= 1
            self.closeWhenDone(context)
        }
        context.writeAndFlush(wrapOutboundOut(rest), promise: written)
    }

    private func closeWhenDone(_ context: ChannelHandlerContext) {
        guard hasEnded, !isWaiting, !isConsuming, backlog.readableBytes == 0 else { return }
        sendAnswers()
        guard writesUnderWay == 0 else { return }
        context.close(promise: nil)
    }

    /// On serial framing, silence ends a frame of unknown length and clears away what is no frame.
    private func awaitSilence(_ context: ChannelHandlerContext) {
        if let silenceTask {
            silenceTask.cancel()
            self.silenceTask = nil
        }
        guard !isWaiting, receiver.nextDeadline < .never else { return }
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(receiver.nextDeadline.rawValue))
        silenceTask = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.silenceTask = nil
            let time = self.pump.time
            if self.receiver.expire(at: Instant(rawValue: Int64(time.uptimeNanoseconds))) {
                self.serve(at: time, followedBy: self.backlog.readableBytes, context)
            }
            self.consume(context)
        }
    }

    /// Closes the connection when nothing has come for too long. Looks only when that may be: arrivals set no timers.
    private func awaitIdleness(_ context: ChannelHandlerContext) {
        guard patience > .zero else { return }
        idleTask = context.eventLoop.assumeIsolated().scheduleTask(deadline: lastArrival + patience) {
            self.idleTask = nil
            guard self.pump.time - self.lastArrival >= self.patience else {
                self.awaitIdleness(context)
                return
            }
            self.events.statistics.idle += 1
            context.close(promise: nil)
        }
    }
}

/// When the octets of an answer are due that does not leave in one piece.
private struct OctetRate {
    var begin: NIODeadline
    /// How long one octet takes on its line, and the silence behind it.
    var octet: TimeAmount
    var gap: TimeAmount
    /// Octets that leave together.
    var atOnce: Int

    func completion(ofOctet index: Int) -> NIODeadline { begin + octet * (index + 1) + gap * index }
}

/// What the connections tell their server.
final class ConnectionEvents {
    var statistics = ServerStatistics()
}
