internal import Foundation
internal import ModbusWire
internal import NIOCore
internal import NIOPosix

/// A pseudo-terminal that is served to one client after another.
///
/// Purpose: a fresh client finds an empty line. A pseudo-terminal keeps what nobody has read, hundreds of answers to one
/// who asked much and left, and the next client would take them for its own; a serial line keeps nothing. Inputs: the
/// kernel's word on who opens and closes the client's end, which may come when the next client has asked already.
/// Intended behaviour: when the last client has closed it, what is on its way is lost, and a new connection begins. Where
/// somebody is here again, a single request counts as his, and is answered; several are not all his, and are lost with
/// the answers that the last one left. What several clients at a time do to each other is theirs to settle.
final class TerminalPlace {
    private let index: Int
    private let terminal: PseudoTerminal
    private unowned let server: RackServer
    private var client: (any Channel)?
    private var use: TerminalUse?
    private var hasEnded = false

    init(_ index: Int, _ terminal: PseudoTerminal, of server: RackServer) {
        self.index = index
        self.terminal = terminal
        self.server = server
    }

    /// Where the kernel does not tell who comes and goes, the terminal is served all the same.
    func begin() -> EventLoopFuture<Void> {
        let place = NIOLoopBound(self, eventLoop: server.loop)
        guard let use = TerminalUse(of: terminal.path, deserted: { place.value.wasDeserted() }) else { return attach() }
        self.use = use
        let handler = NIOLoopBound(use, eventLoop: server.loop)
        return NIOPipeBootstrap(group: server.loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler.value) }
            }
            .takingOwnershipOfDescriptor(input: use.descriptor)
            .flatMap { _ in place.value.attach() }
    }

    func end() {
        hasEnded = true
        use = nil
    }

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
        return isTakenAgain ? connection.hasOneRequestAtMost : connection.hasNothingLeft
    }

    private func wasDeserted() {
        guard !hasEnded else { return }
        let isTaken = use?.isTaken ?? false
        if !isTaken { terminal.endExclusiveUse() }
        guard !isClean(isTakenAgain: isTaken) else { return }
        // At the last moment, so that nothing is thrown away that belongs to somebody who has just come.
        use?.catchUp()
        let isTakenAgain = use?.isTaken ?? false
        guard !isTakenAgain || !isClean(isTakenAgain: true) else { return }
        client?.close(promise: nil)
        if isTakenAgain, terminal.unreadCount <= ProtocolLimits.rtuLength {
            terminal.discardAnswers()
        } else {
            terminal.discard()
        }
        let place = NIOLoopBound(self, eventLoop: server.loop)
        attach().whenFailure { error in
            let path = place.value.terminal.path
            place.value.server.notice(ServerNotice("\(path): no client can be served any more: \(error)"))
        }
    }
}
