internal import Foundation
internal import ModbusWire
internal import NIOCore
internal import NIOPosix

/// A pseudo-terminal that is served to one client after another.
///
/// Purpose: a fresh client finds an empty line. A pseudo-terminal keeps what nobody has read, hundreds of answers to one
/// who asked much and left, and the next client would take them for its own; a serial line keeps nothing. Inputs: the
/// kernel's word on who opens and closes the client's end. Intended behaviour: when the last client has closed it, what is
/// on its way is lost, and a new connection begins. Where the next client was faster than that word, its request is kept
/// unless it stands behind so much that most of it is not its own. What several clients at a time do to each other is
/// theirs to settle.
final class TerminalPlace {
    private let index: Int
    private let terminal: PseudoTerminal
    private unowned let server: RackServer
    private var client: (any Channel)?
    private var hasEnded = false

    init(_ index: Int, _ terminal: PseudoTerminal, of server: RackServer) {
        self.index = index
        self.terminal = terminal
        self.server = server
    }

    /// Where the kernel does not tell who comes and goes, the terminal is served all the same.
    func begin() -> EventLoopFuture<Void> {
        let place = NIOLoopBound(self, eventLoop: server.loop)
        let watch = inotify_init1(CInt(O_NONBLOCK | O_CLOEXEC))
        let wanted = UInt32(IN_OPEN) | TerminalUse.closing
        guard watch >= 0, inotify_add_watch(watch, terminal.path, wanted) >= 0 else {
            if watch >= 0 { close(watch) }
            return attach()
        }
        return NIOPipeBootstrap(group: server.loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let use = TerminalUse { place.value.wasDeserted(isTakenAgain: $0) }
                    try channel.pipeline.syncOperations.addHandler(use)
                }
            }
            .takingOwnershipOfDescriptor(input: watch)
            .flatMap { _ in place.value.attach() }
    }

    func end() { hasEnded = true }

    private func attach() -> EventLoopFuture<Void> {
        let place = NIOLoopBound(self, eventLoop: server.loop)
        let descriptor = fcntl(terminal.descriptor, F_DUPFD_CLOEXEC, 0)
        return server.attach(descriptor, index).map { place.value.client = $0 }
    }

    /// Whether the last client left nothing: then nothing is thrown away, least of all what the next one, who may be here
    /// already, has sent. A single request that is under way while somebody is here counts as his: its answer is the worst
    /// that he can hear, as from a slow device on a real line.
    private func isClean(isTakenAgain: Bool) -> Bool {
        guard terminal.unreadAnswerCount == 0, terminal.unreadCount <= ProtocolLimits.rtuLength,
            let connection = try? client?.pipeline.syncOperations.handler(
                type: ClientConnection<RTUReceiver>.self)
        else { return false }
        return isTakenAgain ? connection.hasEmptyBacklog : connection.hasNothingLeft
    }

    private func wasDeserted(isTakenAgain: Bool) {
        guard !hasEnded, !isClean(isTakenAgain: isTakenAgain) else { return }
        client?.close(promise: nil)
        if isTakenAgain, terminal.unreadCount <= ProtocolLimits.rtuLength {
            terminal.discardAnswers()
        } else {
            terminal.discard()
        }
        let place = NIOLoopBound(self, eventLoop: server.loop)
        attach().whenFailure { error in
            let path = place.value.terminal.path
            place.value.server.notice("\(path): no client can be served any more: \(error)")
        }
    }
}

/// Counts who has a file open, from the events of inotify(7): each is four words, wd, mask, cookie and the length of a
/// name that follows.
private final class TerminalUse: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    static let closing = UInt32(IN_CLOSE_WRITE) | UInt32(IN_CLOSE_NOWRITE)

    /// Told that nobody had it open for a moment, and whether somebody has it again.
    private let deserted: (_ isTakenAgain: Bool) -> Void
    private var users = 0

    init(deserted: @escaping (Bool) -> Void) { self.deserted = deserted }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var events = unwrapInboundIn(data)
        var wasDeserted = false
        while let (_, mask, _, length) = events.readMultipleIntegers(
            endianness: .host, as: (UInt32, UInt32, UInt32, UInt32).self)
        {
            events.moveReaderIndex(forwardBy: min(Int(length), events.readableBytes))
            if mask & UInt32(IN_OPEN) != 0 { users += 1 }
            if mask & Self.closing != 0 {
                users = max(0, users - 1)
                if users == 0 { wasDeserted = true }
            }
        }
        if wasDeserted { deserted(users > 0) }
    }
}
