internal import Glibc

/// Keeps two controllers on this machine from one rack: each claims the places of its devices before it asks anything.
///
/// Purpose: two that cap the same trays would each undo what the other does. A claim is a record lock (fcntl, F_SETLK) on one
/// octet of a file that all controllers of the machine share, the octet's number being made of the place's name; the kernel
/// ends it with its process, however that ends, and knows who holds it. Claims say nothing to other machines, nor to a
/// container that has another `/run/lock`.
public final class PlaceClaims: Sendable {
    /// Another process has a place.
    public struct Conflict: Hashable, Sendable {
        /// Index of the endpoint.
        public var endpoint: Int
        public var holder: PlaceHolder
    }

    public enum Outcome: Sendable {
        case claimed(PlaceClaims)
        /// Nothing was claimed.
        case held([Conflict])
        /// The claims' file cannot be used: its path, and the system's error number.
        case unavailable(path: String, error: Int32)
    }

    /// Where the file lies: the folder for locks of all users (Filesystem Hierarchy Standard 3.0, section 3.15.4 and 5.9), or
    /// where there is none, that for temporary files.
    private static let folders = ["/run/lock", "/tmp"]
    private static let name = "busbar-control.claims"

    private let descriptor: CInt

    private init(_ descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Claims all places or none. A process claims once: closing the file a second time would end the claims of the first.
    ///
    /// - Parameter folder: where the file is, if not where all others look for it.
    public static func claim(_ endpoints: [MasterEndpoint], folder: String? = nil) -> Outcome {
        let folder = folder ?? folders.first { access($0, W_OK) == 0 } ?? folders[0]
        let path = "\(folder)/\(name)"
        let descriptor = opened(path)
        guard descriptor >= 0 else { return .unavailable(path: path, error: errno) }
        let claims = PlaceClaims(descriptor)
        var conflicts: [Conflict] = []
        for (index, endpoint) in endpoints.enumerated() {
            var lock = record(of: endpoint)
            // After the first that is held the others are only looked at: of two that wait for one rack, whoever gets its
            // first place gets all.
            if conflicts.isEmpty {
                if fcntl(descriptor, F_SETLK, &lock) == 0 { continue }
                guard errno == EACCES || errno == EAGAIN else { return .unavailable(path: path, error: errno) }
            }
            guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return .unavailable(path: path, error: errno) }
            if lock.l_type != Int16(F_UNLCK) {
                conflicts.append(Conflict(endpoint: index, holder: PlaceHolder(process: lock.l_pid)))
            } else if conflicts.isEmpty {
                // Whoever had it has ended meanwhile; nobody is named.
                conflicts.append(Conflict(endpoint: index, holder: PlaceHolder(process: 0)))
            }
        }
        return conflicts.isEmpty ? .claimed(claims) : .held(conflicts)
    }

    /// All users of the machine share it, whoever made it.
    private static func opened(_ path: String) -> CInt {
        let flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW
        while true {
            // Without O_CREAT first: Linux lets nobody create what another owns in a folder for all
            // (fs.protected_regular).
            let present = open(path, flags)
            guard present < 0, errno == ENOENT else { return present }
            let made = open(path, flags | O_CREAT | O_EXCL, 0o666)
            if made >= 0 {
                // Whatever the umask.
                fchmod(made, 0o666)
                return made
            }
            guard errno == EEXIST else { return made }
        }
    }

    /// The octet that stands for a place: 62 bits of FNV-1a over its name, so that two places share one by chance never.
    private static func record(of endpoint: MasterEndpoint) -> flock {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in key(of: endpoint).utf8 { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01B3 }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = off_t(hash >> 2)
        lock.l_len = 1
        return lock
    }

    /// A serial device has many names and one number; a host's name counts as it is written.
    private static func key(of endpoint: MasterEndpoint) -> String {
        switch endpoint {
        case .tcp: return "tcp \(endpoint)".lowercased()
        case .rtu(let device, _, _, _, _):
            var status = stat()
            guard stat(device, &status) == 0 else { return "rtu \(device)" }
            return "rtu \(status.st_rdev)"
        }
    }
}
