internal import Foundation

/// The name of a pseudo-terminal that people chose: a symbolic link, for one server at a time.
///
/// Purpose: no server takes another's link, and none takes away what is not its own. That a link leads to `/dev/pts/7` says
/// nothing of who made it: numbers are given again. So the name is claimed besides, as a Unix socket in Linux's abstract
/// namespace (unix(7)): nothing stands in the file system, it ends with its process however that ends, and the kernel
/// tells a second server who has it. Servers in containers with a network of their own do not see each other's.
struct TerminalLink {
    private let path: String
    /// The terminal's own path.
    private let target: String
    /// -1 where the system had no claim to give.
    private let claim: CInt

    /// Makes the link. What a server that is gone left there is replaced; a living one's, or a file of another kind, is not.
    init(_ path: String, to target: String) throws(ServerFailure) {
        let claim = try Self.claim(path)
        if let old = Self.target(of: path), old.hasPrefix("/dev/pts/") { unlink(path) }
        guard symlink(target, path) == 0 else {
            let reason = String(cString: strerror(errno))
            close(claim)
            throw ServerFailure(
                attempted: "make a link to \(target)", place: path, reason: reason,
                remedy: "name a path that is free and can be written")
        }
        self.path = path
        self.target = target
        self.claim = claim
    }

    /// Takes the link away, unless somebody has put something else there, and gives the name back.
    func remove() {
        if Self.target(of: path) == target { unlink(path) }
        close(claim)
    }

    private static func target(of link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }

    // MARK: The claim

    private static func claim(_ path: String) throws(ServerFailure) -> CInt {
        guard let name = name(of: path) else { return -1 }
        let flags = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, flags, 0)
        guard descriptor >= 0 else { return -1 }
        if name.bind(descriptor) == 0 {
            // The kernel hands the process out to whoever connects; nobody is ever let in.
            _ = listen(descriptor, 128)
            return descriptor
        }
        let isTaken = errno == EADDRINUSE
        close(descriptor)
        // Where there are no such sockets the link is made as ever.
        guard isTaken else { return -1 }
        let probe = socket(AF_UNIX, flags, 0)
        defer { close(probe) }
        var failure = ServerFailure(
            attempted: "make a link there", place: path, reason: "another server has it",
            remedy: "end that server, or name another path")
        failure.holder = name.connect(probe) == 0 ? Self.process(behind: probe) : nil
        if let holder = failure.holder { failure.reason = "process \(holder) serves there" }
        throw failure
    }

    /// `nil` where it is not told, or not of this container.
    private static func process(behind socket: CInt) -> Int32? {
        // Process, user and group (struct ucred).
        var credentials: (Int32, UInt32, UInt32) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, credentials.0 > 0 else {
            return nil
        }
        return credentials.0
    }

    /// The same for every spelling of the same path: the folder by its number, for a name in the namespace has 107 octets.
    private static func name(of path: String) -> UnixAddress? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let file = parts.last, !file.isEmpty else { return nil }
        let folder = path.dropLast(file.utf8.count)
        var status = stat()
        guard stat(folder.isEmpty ? "." : String(folder), &status) == 0 else { return nil }
        // FNV-1a, 64 bits (draft-eastlake-fnv).
        let hash = file.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return UnixAddress(abstract: "busbar-terminal-\(status.st_dev)-\(status.st_ino)-\(String(hash, radix: 16))")
    }
}
