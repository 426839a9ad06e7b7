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
final class ClientConnection<Receiver: ADUReceiving>: ChannelDuplexHandler {
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
    /// Where others share the line that this client asks on.
    private let turns: LineTurns?
    private var receiver: Receiver
    private var reply = FrameBuffer()
    private var outgoing: ByteBuffer
    /// Octets that wait for the answer before them.
    private var backlog: ByteBuffer
    private var lastArrival = Instant.start
    private var isWaiting = false
    private var isReadHeld = false
    private var hasEnded = false
    private var waitTask: Scheduled<Void>?
    private var silenceTask: Scheduled<Void>?

    init(
        _ receiver: Receiver, pump: RackPump, line: ExternalLine, turns: LineTurns? = nil, events: ConnectionEvents,
        buffers: ByteBufferAllocator
    ) {
        self.receiver = receiver
        self.pump = pump
        self.line = line
        self.turns = turns
        self.events = events
        outgoing = buffers.buffer(capacity: FrameBuffer.capacity)
        backlog = buffers.buffer(capacity: 0)
    }

    // MARK: From the channel

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var octets = unwrapInboundIn(data)
        lastArrival = Instant(rawValue: Int64(context.eventLoop.now.uptimeNanoseconds))
        if backlog.readableBytes == 0 { backlog = octets } else { backlog.writeBuffer(&octets) }
        consume(context)
    }

    func read(context: ChannelHandlerContext) {
        if isBlocked(context) { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        consume(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            hasEnded = true
            closeWhenDone(context)
        case is IdleStateHandler.IdleStateEvent:
            events.statistics.idle += 1
            context.close(promise: nil)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset by the client, mostly: nothing that concerns anybody else.
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        waitTask?.cancel()
        silenceTask?.cancel()
        waitTask = nil
        silenceTask = nil
        backlog.clear()
        turns?.withdraw(self)
        context.fireChannelInactive()
    }

    // MARK: Requests

    private func isBlocked(_ context: ChannelHandlerContext) -> Bool { isWaiting || !context.channel.isWritable }

    /// Serves what waits, as far as it goes.
    private func consume(_ context: ChannelHandlerContext) {
        var served = 0
        while !isBlocked(context), backlog.readableBytes > 0 {
            guard served < Self.requestsPerTurn else {
                wait(until: context.eventLoop.now + Self.pause, context) {}
                break
            }
            do throws(MBAPError) {
                if try nextRequest() {
                    serve(context)
                    served += 1
                }
            } catch {
                events.statistics.violations += 1
                backlog.clear()
                context.close(promise: nil)
                return
            }
        }
        awaitSilence(context)
        if isReadHeld, !isBlocked(context) {
            isReadHeld = false
            context.read()
        }
        closeWhenDone(context)
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

    /// Takes octets up to the end of one request; false when there is none in what waits.
    private func nextRequest() throws(MBAPError) -> Bool {
        var position = 0
        var isWhole = false
        var violation: MBAPError?
        let arrival = lastArrival
        backlog.withUnsafeReadableBytes { bytes in
            do throws(MBAPError) {
                let octets = Span<UInt8>(_unsafeBytes: bytes)
                isWhole = try receiver.take(octets, from: &position, at: arrival)
            } catch {
                violation = error
            }
        }
        backlog.moveReaderIndex(forwardBy: position)
        if let violation { throw violation }
        return isWhole
    }

    private func serve(_ context: ChannelHandlerContext) {
        events.statistics.requests += 1
        guard let turns, !turns.take(self, keepsPace: line.keepsPace) else {
            carryOut(context)
            return
        }
        isWaiting = true
        turns.wait(self, keepsPace: line.keepsPace) {
            self.isWaiting = false
            self.carryOut(context)
            self.consume(context)
        }
    }

    private func carryOut(_ context: ChannelHandlerContext) {
        let (answer, due) = pump.respond(to: receiver.frame, through: line, reply: &reply)
        guard case .frame = answer else {
            turns?.release(self)
            return
        }
        guard due > context.eventLoop.now else {
            write(context)
            return
        }
        wait(until: due, context) { self.write(context) }
    }

    private func write(_ context: ChannelHandlerContext) {
        outgoing.clear()
        reply.withUnsafeBytes { _ = outgoing.writeBytes($0) }
        context.writeAndFlush(wrapOutboundOut(outgoing), promise: nil)
        turns?.release(self)
    }

    private func closeWhenDone(_ context: ChannelHandlerContext) {
        guard hasEnded, !isWaiting, backlog.readableBytes == 0 else { return }
        context.close(promise: nil)
    }

    /// On serial framing, silence ends a frame of unknown length and clears away what is no frame.
    private func awaitSilence(_ context: ChannelHandlerContext) {
        silenceTask?.cancel()
        silenceTask = nil
        guard !isWaiting, receiver.nextDeadline < .never else { return }
        let deadline = NIODeadline.uptimeNanoseconds(UInt64(receiver.nextDeadline.rawValue))
        silenceTask = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.silenceTask = nil
            let now = Instant(rawValue: Int64(context.eventLoop.now.uptimeNanoseconds))
            if self.receiver.expire(at: now) { self.serve(context) }
            self.consume(context)
        }
    }
}

/// What the connections tell their server.
final class ConnectionEvents {
    var statistics = ServerStatistics()
}
