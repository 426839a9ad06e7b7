internal import Foundation

/// A file that takes whole pcapng blocks: octets gather in a buffer of fixed size and go out between two blocks only,
/// so that a run that is killed leaves a file that ends with a complete block.
final class CaptureFile {
    private let path: String
    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private(set) var failure: CaptureFailure?

    /// 256 KiB: some thousand frames between two writes.
    private static let capacity = 256 * 1024
    /// The largest block written here, headers and options included.
    static let largestBlock = 80 * 1024

    init(path: String) throws(CaptureFailure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CaptureFailure(attempted: "create", path: path, reason: String(cString: strerror(errno)))
        }
        buffer = .allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit {
        flush()
        close(descriptor)
        buffer.deallocate()
    }

    /// Makes room for one block. Between this and the block's last octet nothing is written to the disk.
    func beginBlock() {
        if used > Self.capacity - Self.largestBlock { flush() }
    }

    var position: Int { used }

    /// Room for so many octets, which count as written: whoever asks fills all of them.
    func room(for count: Int) -> UnsafeMutableRawBufferPointer {
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + count])
        used += count
        return room
    }

    func octet(_ value: UInt8) {
        buffer[used] = value
        used += 1
    }

    /// Little-endian, the order of the file's own fields.
    func little(_ value: UInt16) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: used, as: UInt16.self)
        used += 2
    }

    func little(_ value: UInt32) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: used, as: UInt32.self)
        used += 4
    }

    func little(_ value: UInt64) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: used, as: UInt64.self)
        used += 8
    }

    /// Big-endian, the order of the network's fields.
    func big(_ value: UInt16) {
        buffer.storeBytes(of: value.bigEndian, toByteOffset: used, as: UInt16.self)
        used += 2
    }

    func big(_ value: UInt32) {
        buffer.storeBytes(of: value.bigEndian, toByteOffset: used, as: UInt32.self)
        used += 4
    }

    func octets(_ source: UnsafeRawBufferPointer) {
        guard !source.isEmpty else { return }
        UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + source.count]).copyMemory(from: source)
        used += source.count
    }

    func padToWord() {
        while !used.isMultiple(of: 4) { octet(0) }
    }

    func overwriteLittle(_ value: UInt32, at offset: Int) {
        buffer.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }

    func flush() {
        var written = 0
        while written < used, failure == nil {
            let count = write(descriptor, buffer.baseAddress! + written, used - written)
            if count > 0 {
                written += count
            } else if errno != EINTR {
                failure = CaptureFailure(attempted: "write", path: path, reason: String(cString: strerror(errno)))
            }
        }
        used = 0
    }
}
