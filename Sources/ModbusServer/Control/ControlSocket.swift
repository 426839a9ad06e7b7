internal import Foundation
internal import NIOCore
internal import NIOPosix

/// The Unix socket of a running rack, for its owner alone.
struct ControlSocket {
    /// Clients at a time; more are closed as they come. Arbitrary: a client asks once and goes.
    private static let mostClients = 16
    /// A client that says nothing for so long is closed, so that a few that were forgotten do not shut out the others.
    private static let patience = TimeAmount.seconds(60)
    /// Octets of answers that a client may leave unread. Arbitrary, above the longest list.
    private static let mostUnread = 1 << 20

    let path: String
    private let descriptor: CInt

    /// Binds the socket. What a dead server left there is replaced; a live server, or a file of another kind, is not.
    init(path: String) throws(ServerFailure) {
        let address = try UnixAddress(path, attempted: "take live events")
        try Self.clear(path, address)
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure(path, remedy: "see whether descriptors are left (ulimit -n)") }
        self.path = path
        // Before there is a name by which anybody could connect.
        guard fchmod(descriptor, 0o600) == 0, address.bind(descriptor) == 0, chmod(path, 0o600) == 0 else {
            let failure = Self.failure(path, remedy: "name a file in a folder that exists and can be written")
            close(descriptor)
            throw failure
        }
    }

    private static func clear(_ path: String, _ address: UnixAddress) throws(ServerFailure) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ServerFailure(
                attempted: "take live events", place: path, reason: "a file that is no socket stands there",
                remedy: "name a path that is free")
        }
        let probe = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        guard address.connect(probe) != 0, errno == ECONNREFUSED else {
            throw ServerFailure(
                attempted: "take live events", place: path, reason: "another server answers there",
                remedy: "end it, or name another path")
        }
        unlink(path)
    }

    private static func failure(_ path: String, remedy: String) -> ServerFailure {
        ServerFailure(
            attempted: "take live events", place: path, reason: String(cString: strerror(errno)), remedy: remedy)
    }

    /// Serves clients on the loop from now on; the descriptor belongs to the channel.
    func listen(_ session: ControlSession, on loop: any EventLoop) -> EventLoopFuture<any Channel> {
        let bound = NIOLoopBound(session, eventLoop: loop)
        let clients = NIOLoopBoundBox(0, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 1 << 16, high: Self.mostUnread))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard clients.value < Self.mostClients else { throw ChannelError.ioOnClosedChannel }
                    clients.value += 1
                    channel.closeFuture.assumeIsolated().whenComplete { _ in clients.value -= 1 }
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(IdleStateHandler(readTimeout: Self.patience))
                    try pipeline.addHandler(ControlConnection(bound.value))
                }
            }
            .withBoundSocket(descriptor)
    }

    /// Takes the name away again.
    func remove() { unlink(path) }
}
