internal import Glibc

/// A process that has a place or a device, as far as the system tells.
public struct PlaceHolder: Hashable, CustomStringConvertible, Sendable {
    /// 0 where it is not known, or not of this container.
    public var process: Int32

    public init(process: Int32) { self.process = process }

    /// `process 4711 (busbar control rack.yaml)`
    public var description: String {
        guard process > 0 else { return "another process" }
        let words = Self.contents(of: "/proc/\(process)/cmdline", upTo: Self.longestCommand)
            .split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.isEmpty ? "process \(process)" : "process \(process) (\(words.joined(separator: " ")))"
    }

    /// Whether it stands still, by a signal or in a debugger: it holds what it has, and does nothing with it. By the third
    /// field of a line such as `4711 (busbar) T 1 ...`, where a command may have blanks and parentheses of its own.
    public var isStopped: Bool {
        let line = String(decoding: Self.contents(of: "/proc/\(process)/stat", upTo: 512), as: UTF8.self)
        guard let end = line.lastIndex(of: ")") else { return false }
        let state = line[line.index(after: end)...].first { $0 != " " }
        return state == "T" || state == "t"
    }

    /// Of a command, in octets. Arbitrary: a line or two.
    private static let longestCommand = 160

    /// The process that has this file for itself: who locks it, or else who has it open, other than this one. `nil` where
    /// none is to be seen: only the superuser sees those of others.
    public static func user(of path: String) -> PlaceHolder? {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return nil }
        return locker(of: wanted) ?? opener(of: wanted)
    }

    /// From a line such as `3: FLOCK  ADVISORY  WRITE 4711 00:05:92 0 EOF`; the sixth field ends with the file's number.
    private static func locker(of wanted: stat) -> PlaceHolder? {
        for line in contents(of: "/proc/locks", upTo: longestLockList).split(separator: UInt8(ascii: "\n")) {
            let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK", fields[5].hasSuffix(":\(wanted.st_ino)"),
                let process = Int32(fields[4]), process > 0
            else { continue }
            return PlaceHolder(process: process)
        }
        return nil
    }

    /// In octets. Arbitrary: a thousand locks.
    private static let longestLockList = 65_536

    private static func opener(of wanted: stat) -> PlaceHolder? {
        guard let processes = opendir("/proc") else { return nil }
        defer { closedir(processes) }
        while let entry = readdir(processes) {
            guard let process = Int32(name(of: entry)), process != getpid(), has(process, wanted) else { continue }
            return PlaceHolder(process: process)
        }
        return nil
    }

    private static func has(_ process: Int32, _ wanted: stat) -> Bool {
        guard let descriptors = opendir("/proc/\(process)/fd") else { return false }
        defer { closedir(descriptors) }
        while let entry = readdir(descriptors) {
            var status = stat()
            guard stat("/proc/\(process)/fd/\(name(of: entry))", &status) == 0 else { continue }
            if status.st_dev == wanted.st_dev, status.st_ino == wanted.st_ino { return true }
        }
        return false
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
    }

    private static func contents(of path: String, upTo limit: Int) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < limit {
            let count = octets.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + filled, limit - filled) }
            if count <= 0 { break }
            filled += count
        }
        return Array(octets.prefix(filled))
    }
}
