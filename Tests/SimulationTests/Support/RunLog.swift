import RunRecords

/// A recorder that keeps everything.
final class RunLog: RunRecorder {
    struct Frame {
        var octets: [UInt8]
        /// First octet on the line, nanoseconds.
        var at: Int64
        var bus: Int
        var unit: UInt8
        var direction: FrameDirection
    }

    private(set) var frames: [Frame] = []
    private(set) var events: [EventMark] = []
    private(set) var sampleCount = 0

    func begin(signals: [SignalDescription]) {}
    func record(at seconds: Double, values: UnsafeBufferPointer<Double>) { sampleCount += 1 }
    func record(_ event: EventMark) { events.append(event) }

    func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {
        frames.append(Frame(octets: Array(frame), at: nanoseconds, bus: bus, unit: unit, direction: direction))
    }
}
