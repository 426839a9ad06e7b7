internal import RunRecords

/// Frames that wait until no earlier one can come any more.
///
/// An answer is known when it is computed, and crosses the bus later: its time may lie behind that of frames that are
/// recorded after it. A file whose times go back confuses its readers, so frames leave in the order of their times, and
/// those of one time in the order in which they came.
///
/// Nothing is allocated once the queue has grown to its size.
struct FrameQueue {
    struct Frame {
        var time: Int64
        var bus: Int
        var unit: UInt8
        var direction: FrameDirection
        fileprivate var sequence: Int
        fileprivate var octets: Range<Int>
    }

    /// Frames and octets after which the older half leaves though nobody said that it may: where nothing tells how far
    /// time has come, the queue must end somewhere. Arbitrary: some seconds of a busy rack.
    private static let frameLimit = 8192
    private static let octetLimit = 1 << 20

    private var frames: [Frame] = []
    private var octets: [UInt8] = []
    private var rest: [UInt8] = []
    private var sequence = 0

    /// A frame, its octets copied.
    mutating func add(
        _ frame: UnsafeRawBufferPointer, at time: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {
        let start = octets.count
        octets.append(contentsOf: frame)
        frames.append(
            Frame(
                time: time, bus: bus, unit: unit, direction: direction, sequence: sequence,
                octets: start..<octets.count))
        sequence += 1
    }

    var isFull: Bool { frames.count >= Self.frameLimit || octets.count >= Self.octetLimit }

    /// Hands over the frames before a time.
    mutating func release(before time: Int64, to write: (Frame, UnsafeRawBufferPointer) -> Void) {
        guard !frames.isEmpty else { return }
        sort()
        // Binary search pays nothing here: most frames leave.
        release(frames.firstIndex { $0.time >= time } ?? frames.count, to: write)
    }

    /// Hands over the older half.
    mutating func releaseHalf(to write: (Frame, UnsafeRawBufferPointer) -> Void) {
        sort()
        release((frames.count + 1) / 2, to: write)
    }

    private mutating func sort() {
        frames.sort { $0.time != $1.time ? $0.time < $1.time : $0.sequence < $1.sequence }
    }

    private mutating func release(_ count: Int, to write: (Frame, UnsafeRawBufferPointer) -> Void) {
        octets.withUnsafeBytes { stored in
            for frame in frames[..<count] { write(frame, UnsafeRawBufferPointer(rebasing: stored[frame.octets])) }
        }
        frames.removeFirst(count)
        rest.removeAll(keepingCapacity: true)
        for index in frames.indices {
            let start = rest.count
            rest.append(contentsOf: octets[frames[index].octets])
            frames[index].octets = start..<rest.count
        }
        swap(&octets, &rest)
    }
}
