internal import NIOCore

/// One client of the control socket: lines in, answers out.
///
/// Whoever sends an overlong line, or reads no answers, is disconnected; half a line at the end is nothing.
final class ControlConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Octets of a line, its end not counted. Arbitrary: an event takes a hundred or two.
    static let longestLine = 4096

    private let session: ControlSession
    private var line: [UInt8] = []
    private var isClosing = false

    init(_ session: ControlSession) { self.session = session }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for octet in unwrapInboundIn(data).readableBytesView {
            guard !isClosing else { return }
            if octet == UInt8(ascii: "\n") {
                let text = String(decoding: line, as: UTF8.self)
                line.removeAll(keepingCapacity: true)
                answer(session.answer(to: text), context)
                if !context.channel.isWritable { hangUp(context) }
            } else if line.count == Self.longestLine {
                answer(["error a line may have at most \(Self.longestLine) octets; this one was not read"], context)
                hangUp(context)
            } else {
                line.append(octet)
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { hangUp(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { hangUp(context) }

    private func answer(_ lines: [String], _ context: ChannelHandlerContext) {
        let buffer = context.channel.allocator.buffer(string: lines.map { "\($0)\n" }.joined())
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    private func hangUp(_ context: ChannelHandlerContext) {
        isClosing = true
        line.removeAll()
        context.close(promise: nil)
    }
}
