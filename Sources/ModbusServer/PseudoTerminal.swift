internal import Foundation

/// A pseudo-terminal: the server speaks at one end, a client opens the other by its path as if it were a serial device.
///
/// The client's end is held open here too, so that a client may come and go: otherwise the first that leaves would end
/// the line for good.
struct PseudoTerminal {
    /// The server's end; a channel gets a duplicate of it.
    let descriptor: CInt
    let path: String
    private let held: CInt
    private let link: TerminalLink?

    init(link: String?) throws(ServerFailure) {
        var (descriptor, held): (CInt, CInt) = (-1, -1)
        // No echo, no lines, no signals: octets as they are.
        var settings = termios()
        cfmakeraw(&settings)
        // Without a rate a client that puts back what it found would hang up the line.
        _ = cfsetspeed(&settings, speed_t(B115200))
        var name = [CChar](repeating: 0, count: 128)
        guard openpty(&descriptor, &held, &name, &settings, nil) == 0 else {
            throw Self.failure("open a pseudo-terminal", "/dev/ptmx")
        }
        for end in [descriptor, held] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let path = name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        self.descriptor = descriptor
        self.path = path
        self.held = held
        do throws(ServerFailure) {
            self.link = if let link { try TerminalLink(link, to: path) } else { nil }
        } catch {
            close(descriptor)
            close(held)
            throw error
        }
    }

    /// Removes the link and lets go of both ends.
    func remove() {
        link?.remove()
        close(held)
        close(descriptor)
    }

    /// A client may have taken it for itself (TIOCEXCL). On a serial device that ends with the last who has it open; here
    /// the server's own end would keep the next one out.
    func endExclusiveUse() { _ = ioctl(held, UInt(TIOCNXCL)) }

    /// Forgets the octets that are on their way in either direction.
    func discard() {
        // Each end keeps what it has received by itself.
        for end in [held, descriptor] { _ = tcflush(end, TCIOFLUSH) }
    }

    /// Forgets the answers that nobody has read.
    func discardAnswers() { _ = tcflush(held, TCIFLUSH) }

    /// Octets that a client has sent and the server has not read.
    var unreadCount: Int {
        var count: CInt = 0
        return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    /// Answers that no client has read, in octets.
    var unreadAnswerCount: Int {
        var count: CInt = 0
        return ioctl(held, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }

    private static func failure(_ attempted: String, _ place: String) -> ServerFailure {
        ServerFailure(
            attempted: attempted, place: place, reason: String(cString: strerror(errno)),
            remedy: "see whether the system has pseudo-terminals left")
    }
}
