internal import Foundation
public import RunRecords

/// `events.jsonl`: one event per line as JSON, written while the run goes on: by the batch, and whenever somebody calls
/// `flush`.
public final class EventLog: RunRecorder {
    private let handle: FileHandle
    private let path: String
    private let encoder = JSONEncoder()
    private var pending = Data()
    /// The first thing that went wrong; `finish` throws it.
    public private(set) var failure: OutputFailure?

    /// 64 KiB between two writes.
    private static let batch = 64 * 1024

    public init(path: String) throws(OutputFailure) {
        self.path = path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else {
            throw OutputFailure(attempted: "create", path: path, reason: String(cString: strerror(errno)))
        }
        self.handle = handle
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    }

    public func begin(signals: [SignalDescription]) {}
    public func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {}
    public var takesFrames: Bool { false }
    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {}

    public func record(_ event: EventMark) {
        guard failure == nil else { return }
        do {
            pending.append(try encoder.encode(event))
            pending.append(UInt8(ascii: "\n"))
        } catch {
            fail(with: error)
        }
        if pending.count >= Self.batch { flush() }
    }

    public func finish() throws(OutputFailure) {
        flush()
        if failure == nil {
            do { try handle.close() } catch { fail(with: error) }
        }
        if let failure { throw failure }
    }

    /// Brings every event so far into the file. Nothing happens once something went wrong.
    public func flush() {
        guard failure == nil, !pending.isEmpty else { return }
        do { try handle.write(contentsOf: pending) } catch { fail(with: error) }
        pending.removeAll(keepingCapacity: true)
    }

    private func fail(with error: any Error) {
        failure = OutputFailure(attempted: "write", path: path, reason: OutputFailure.reason(of: error))
    }
}
