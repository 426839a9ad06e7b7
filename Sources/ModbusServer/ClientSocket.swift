internal import Glibc
internal import NIOCore

/// The socket behind a channel, for answers: most fit into its buffer, and then one system call is all that they need.
///
/// The channel's own writing keeps queues and promises for what does not fit. Only when nothing of the channel's is
/// still to be written may this door be used; otherwise answers would overtake each other.
struct ClientSocket {
    /// Neither waits nor brings a signal about when the other end is gone.
    private static let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)

    private let descriptor: CInt

    /// `nil` where the channel is no socket: a pseudo-terminal, a test.
    init?(of channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        guard
            let descriptor = try? pipeline.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self, { $0 })
        else { return nil }
        self.descriptor = descriptor
    }

    /// Sends what the socket takes at once and moves the reader index behind it. What is left, because the socket is
    /// full or broken, is the channel's matter, which also finds out which of the two it is.
    func send(_ octets: inout ByteBuffer) {
        let sent = octets.withUnsafeReadableBytes { write($0) }
        if sent > 0 { octets.moveReaderIndex(forwardBy: sent) }
    }

    private func write(_ octets: UnsafeRawBufferPointer) -> Int {
        Glibc.send(descriptor, octets.baseAddress, octets.count, Self.flags)
    }
}
