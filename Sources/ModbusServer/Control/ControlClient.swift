internal import Foundation

/// Asks a running rack by its control socket. Blocks until the answer is there.
public enum ControlClient {
    /// How long an answer may take. Arbitrary: a rack that cannot keep up answers within a fraction of it.
    private static let patience = timeval(tv_sec: 10, tv_usec: 0)

    /// What came back.
    public struct Answer: Sendable {
        public var isRefusal: Bool
        /// Lines of a list, or mistakes.
        public var lines: [String]
        /// What stands behind `ok` or `error`.
        public var word: String
    }

    /// Sends one line and reads its answer. Throws when nobody answers there.
    public static func ask(_ line: String, at path: String) throws(ServerFailure) -> Answer {
        let address = try UnixAddress(path, attempted: "reach the rack")
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure(path, "see whether descriptors are left (ulimit -n)") }
        defer { close(descriptor) }
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            var patience = patience
            setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        guard address.connect(descriptor) == 0 else {
            throw failure(path, "start busbar serve with --control-socket \(path), or name the path that it was given")
        }
        try send(Array((line + "\n").utf8), to: descriptor, path)
        return try receive(from: descriptor, path)
    }

    private static func send(_ octets: [UInt8], to descriptor: CInt, _ path: String) throws(ServerFailure) {
        var sent = 0
        while sent < octets.count {
            let count = octets.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, octets.count - sent, CInt(MSG_NOSIGNAL))
            }
            // Whoever refuses a line before its end has said why.
            if count < 0, errno == EPIPE { return }
            guard count > 0 else { throw failure(path, "see whether the server still runs") }
            sent += count
        }
    }

    private static func receive(from descriptor: CInt, _ path: String) throws(ServerFailure) -> Answer {
        var octets: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            if let answer = answer(in: octets) { return answer }
            let count = recv(descriptor, &part, part.count, 0)
            if count < 0 { throw failure(path, "see whether the server still runs") }
            guard count > 0 else {
                throw ServerFailure(
                    attempted: "reach the rack", place: path, reason: "the server closed the connection unanswered",
                    remedy: "see whether other clients occupy its control socket, or whether it ends")
            }
            octets += part[..<count]
        }
    }

    /// The answer, when its last line is there.
    private static func answer(in octets: [UInt8]) -> Answer? {
        guard octets.last == UInt8(ascii: "\n") else { return nil }
        var lines = String(decoding: octets.dropLast(), as: UTF8.self).split(separator: "\n").map(String.init)
        guard let last = lines.popLast() else { return nil }
        let word = String(last.drop { $0 != " " }.dropFirst())
        let rest = lines.map { $0.hasPrefix("- ") ? String($0.dropFirst(2)) : $0 }
        if last == "ok" || last.hasPrefix("ok ") { return Answer(isRefusal: false, lines: rest, word: word) }
        if last.hasPrefix("error ") { return Answer(isRefusal: true, lines: rest, word: word) }
        return nil
    }

    private static func failure(_ path: String, _ remedy: String) -> ServerFailure {
        ServerFailure(
            attempted: "reach the rack", place: path, reason: String(cString: strerror(errno)), remedy: remedy)
    }
}
