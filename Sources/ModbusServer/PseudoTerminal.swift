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
    private let link: String?

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
        self.link = link
        guard let link else { return }
        do throws(ServerFailure) {
            try Self.put(link, to: path)
        } catch {
            close(descriptor)
            close(held)
            throw error
        }
    }

    /// Removes the link and lets go of both ends.
    func remove() {
        if let link { unlink(link) }
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

    /// A link that an earlier server left is replaced; anything else that stands there is not touched.
    private static func put(_ link: String, to path: String) throws(ServerFailure) {
        if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link),
            target.hasPrefix("/dev/pts/")
        {
            unlink(link)
        }
        guard symlink(path, link) != 0 else { return }
        throw failure("make a link to \(path)", link, remedy: "name a path that is free and can be written")
    }

    private static func failure(
        _ attempted: String, _ place: String, remedy: String = "see whether the system has pseudo-terminals left"
    ) -> ServerFailure {
        ServerFailure(attempted: attempted, place: place, reason: String(cString: strerror(errno)), remedy: remedy)
    }
}
