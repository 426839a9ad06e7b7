internal import Foundation

/// A path, or a name of Linux's abstract namespace, as the address of a Unix socket.
struct UnixAddress {
    private var address = sockaddr_un()
    private var length = socklen_t(MemoryLayout<sockaddr_un>.size)

    init(_ path: String, attempted: String) throws(ServerFailure) {
        let octets = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard !octets.isEmpty, !octets.contains(0), octets.count < room else {
            throw ServerFailure(
                attempted: attempted, place: path,
                reason: "the path of a Unix socket has 1 to \(room - 1) octets, this has \(octets.count)",
                remedy: "name a shorter path, such as one in /tmp")
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
    }

    /// A name that stands in no folder; it begins behind a zero, and its length is part of it (unix(7)). At most 107 octets.
    init(abstract name: String) {
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = [0] + Array(name.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        precondition(octets.count <= room, "a name in the abstract namespace has at most \(room - 1) octets")
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
        length = socklen_t(MemoryLayout<sockaddr_un>.size - room + octets.count)
    }

    func bind(_ descriptor: CInt) -> CInt { call { Glibc.bind(descriptor, $0, $1) } }
    func connect(_ descriptor: CInt) -> CInt { call { Glibc.connect(descriptor, $0, $1) } }

    private func call(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, length)
            }
        }
    }
}
