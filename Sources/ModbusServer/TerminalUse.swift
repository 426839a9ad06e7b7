internal import Foundation
internal import NIOCore

/// Counts who has a file open, from the events of inotify(7): each is four words, wd, mask, cookie and the length of a
/// name that follows.
final class TerminalUse: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let closing = UInt32(IN_CLOSE_WRITE) | UInt32(IN_CLOSE_NOWRITE)

    /// Of the events; becomes the channel's.
    let descriptor: CInt
    /// Told that nobody had it open for a moment.
    private let deserted: () -> Void
    private var users = 0

    /// Whether somebody has it open, as far as the events say.
    var isTaken: Bool { users > 0 }

    /// `nil` where the kernel does not tell.
    init?(of path: String, deserted: @escaping () -> Void) {
        descriptor = inotify_init1(CInt(O_NONBLOCK | O_CLOEXEC))
        self.deserted = deserted
        guard descriptor >= 0 else { return nil }
        guard inotify_add_watch(descriptor, path, UInt32(IN_OPEN) | Self.closing) >= 0 else {
            close(descriptor)
            return nil
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if take(unwrapInboundIn(data)) { deserted() }
    }

    /// Takes in what has happened up to now, before the channel comes to it.
    func catchUp() {
        var events = ByteBuffer()
        let count = events.writeWithUnsafeMutableBytes(minimumWritableBytes: 4096) {
            max(0, read(descriptor, $0.baseAddress, $0.count))
        }
        if count > 0 { _ = take(events) }
    }

    /// Whether nobody had it open for a moment.
    private func take(_ octets: ByteBuffer) -> Bool {
        var events = octets
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
        return wasDeserted
    }
}
