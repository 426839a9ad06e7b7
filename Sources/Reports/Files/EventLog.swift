internal import Foundation
public import RunRecords

/// `events.jsonl`: one event per line as JSON, written while the run goes on.
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
            if pending.count >= Self.batch { try flush() }
        } catch {
            failure = OutputFailure(attempted: "write", path: path, reason: OutputFailure.reason(of: error))
        }
    }

    public func finish() throws(OutputFailure) {
        if failure == nil {
            do {
                try flush()
                try handle.close()
            } catch {
                failure = OutputFailure(attempted: "write", path: path, reason: OutputFailure.reason(of: error))
            }
        }
        if let failure { throw failure }
    }

    private func flush() throws {
        try handle.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
