import Foundation
import RunRecords
import Testing

@testable import Capture

@Suite struct FrameOrderTests {
    private let buses = [CapturedBus(name: "trays", framing: .rtu), CapturedBus(name: "bmcs", framing: .tcp)]

    /// Time and first octet of the payload of every frame in a capture of RTU frames, in the order of the file.
    private func frames(in path: String) throws -> [(time: UInt64, last: UInt8)] {
        let octets = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        func word(_ offset: Int) -> UInt64 { (0..<4).reduce(0) { $0 | UInt64(octets[offset + $1]) << (8 * $1) } }
        var found: [(UInt64, UInt8)] = []
        var offset = 0
        while offset < octets.count {
            if word(offset) == 6 {
                let length = Int(word(offset + 20))
                found.append((word(offset + 12) << 32 | word(offset + 16), octets[offset + 28 + length - 1]))
            }
            offset += Int(word(offset + 4))
        }
        return found
    }

    private func capture(_ writing: (PcapngWriter) -> Void) throws -> [(time: UInt64, last: UInt8)] {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("busbar-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try PcapngWriter(path: path, buses: buses, application: "", comment: "")
        writing(writer)
        try writer.finish()
        return try frames(in: path)
    }

    private func put(_ tag: UInt8, at time: Int64, _ direction: FrameDirection = .request, to writer: PcapngWriter) {
        [0x10, 0x03, tag].withUnsafeBytes { writer.record(frame: $0, at: time, bus: 0, unit: 16, direction: direction) }
    }

    private func passed(_ seconds: Double, _ writer: PcapngWriter) {
        writer.record(at: seconds, values: UnsafeBufferPointer(start: nil, count: 0))
    }

    @Test func `an answer that is recorded before an earlier request stands behind it`() throws {
        let found = try capture { writer in
            put(1, at: 1_000_000, to: writer)
            put(2, at: 3_000_000, .response, to: writer)
            put(3, at: 2_000_000, to: writer)
            put(4, at: 60_000_000, .response, to: writer)
            passed(0.1, writer)
            put(5, at: 100_000_000, to: writer)
        }
        #expect(found.map(\.last) == [1, 3, 2, 4, 5])
        #expect(found.map(\.time) == found.map(\.time).sorted())
    }

    @Test func `a flush writes what cannot change any more, and the order stays`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("busbar-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try PcapngWriter(path: path, buses: buses, application: "", comment: "")
        put(1, at: 1_000_000, to: writer)
        put(2, at: 120_000_000, .response, to: writer)
        writer.flush()
        #expect(try frames(in: path).isEmpty)
        passed(0.1, writer)
        writer.flush()
        #expect(try frames(in: path).map(\.last) == [1])
        put(3, at: 110_000_000, to: writer)
        writer.flush(before: 115_000_000)
        #expect(try frames(in: path).map(\.last) == [1, 3])
        try writer.finish()
        #expect(try frames(in: path).map(\.last) == [1, 3, 2])
    }

    @Test func `an answer that is due after the telemetry sample waits for the requests before it`() throws {
        let found = try capture { writer in
            put(1, at: 99_000_000, to: writer)
            put(2, at: 149_000_000, .response, to: writer)
            passed(0.1, writer)
            put(3, at: 120_000_000, to: writer)
            passed(0.2, writer)
            put(4, at: 200_000_000, to: writer)
        }
        #expect(found.map(\.last) == [1, 3, 2, 4])
    }

    @Test func `frames of one instant keep the order in which they came`() throws {
        let found = try capture { writer in for tag in 0..<200 { put(UInt8(tag), at: 7, to: writer) } }
        #expect(found.map(\.last) == (0..<200).map { UInt8($0) })
    }

    @Test func `without telemetry frames leave all the same, in order, and none is lost`() throws {
        let count = 50_000
        let found = try capture { writer in
            // Pairs swapped: 1, 0, 3, 2, ...
            for place in 0..<count { put(UInt8(truncatingIfNeeded: place), at: Int64(place ^ 1), to: writer) }
        }
        #expect(found.count == count)
        #expect(found.map(\.time) == (0..<count).map { UInt64($0) })
    }
}
