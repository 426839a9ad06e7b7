import Foundation
import Testing

/// `busbar serve`, or another command that goes on until it is ended, with its standard streams at hand.
final class Served {
    let process: Process
    private let output: Int32
    private let error: Int32
    private var text: [Int32: String] = [:]

    /// Begins to serve; `--for` ends it even where a test does not.
    convenience init(_ place: Workplace, _ arguments: [String]) throws {
        try self.init(place, calling: ["serve", "small.yaml", "--out", "out", "--for", "60"] + arguments)
    }

    init(_ place: Workplace, calling arguments: [String]) throws {
        process = try place.prepared(arguments)
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        try process.run()
        self.output = dup(output.fileHandleForReading.fileDescriptor)
        self.error = dup(error.fileHandleForReading.fileDescriptor)
    }

    deinit {
        if process.isRunning { process.terminate() }
        close(output)
        close(error)
    }

    /// Waits for a line on standard output and gives what stands behind `prefix` in it.
    func outputLine(_ prefix: String) throws -> String { try rest(prefix, from: output) }
    func errorLine(_ prefix: String) throws -> String { try rest(prefix, from: error) }
    /// Waits for a line on standard error and gives it.
    func errorLine(where fits: (String) -> Bool) throws -> String { try line(from: error, where: fits) }

    /// Sends a signal and waits for the end.
    func end(by signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func rest(_ prefix: String, from descriptor: Int32) throws -> String {
        String(try line(from: descriptor) { $0.hasPrefix(prefix) }.dropFirst(prefix.count))
    }

    private func line(from descriptor: Int32, where fits: (String) -> Bool) throws -> String {
        while true {
            let lines = (text[descriptor] ?? "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = lines.map(String.init).first(where: fits) { return line }
            let octets = try #require(Wire.read(descriptor), "the stream ended before the line: \(text)")
            text[descriptor, default: ""] += String(decoding: octets, as: UTF8.self)
        }
    }
}

/// Octets to and from a descriptor.
enum Wire {
    /// What comes next; `nil` at the end, or after a minute of nothing, for a machine under load.
    static func read(_ descriptor: Int32) -> [UInt8]? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var chunk = [UInt8](repeating: 0, count: 4096)
        guard poll(&waiting, 1, 60_000) == 1 else { return nil }
        let count = Foundation.read(descriptor, &chunk, chunk.count)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }

    static func read(_ descriptor: Int32, count: Int) throws -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count { octets += try #require(read(descriptor)) }
        return octets
    }

    static func write(_ octets: [UInt8], to descriptor: Int32) {
        #expect(Foundation.write(descriptor, octets, octets.count) == octets.count)
    }

    /// A connection to a port of this machine; `nil` when it is refused.
    static func connect(_ port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return nil
    }
}

/// A port of this machine where connections come about and nothing is ever answered.
final class SilentPort {
    let number: UInt16
    private let descriptor: Int32

    init() throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 64) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        try #require(isOpen)
        descriptor = socket
        number = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}

/// A pair of pseudo-terminal ends, of which one stands in for a serial device. The C library's functions for it are hidden
/// from Swift: these are the requests of the kernel behind them (TIOCSPTLCK to unlock the other end, TIOCGPTN for its
/// number, asm-generic/ioctls.h).
struct TerminalPair {
    let near: Int32
    let path: String

    init() throws {
        near = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: UInt32 = 0
        let isOpen = near >= 0 && ioctl(near, 0x4004_5431, &lock) == 0 && ioctl(near, 0x8004_5430, &number) == 0
        try #require(isOpen)
        path = "/dev/pts/\(number)"
    }
}
