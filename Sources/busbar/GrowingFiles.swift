internal import Foundation
internal import RunRecords

/// The files of a run that grow while it goes on, as one recorder.
///
/// A run in real time calls `keepUp` often, and what has happened stands in the files within a second, in a database within
/// ten: for who follows them, and for whatever may kill the program. A run in virtual time is over sooner than that would
/// pay.
///
/// Unchecked: recorders and `flush` are touched under the lock alone, so that a program that ends at once can save from
/// another thread what it has.
final class GrowingFiles: RunRecorder, @unchecked Sendable {
    private let lock = NSLock()
    private let members: RecorderGroup
    private let flush: () -> Void
    private let flushRest: () -> Void
    private var nextFlush = ContinuousClock.now
    private var nextFullFlush = ContinuousClock.now + fullInterval

    /// Between two flushes. A second is promised; the other half is for who calls `keepUp` late.
    private static let interval = Duration.milliseconds(500)
    /// Between two flushes of everything: a transaction of a database. Arbitrary; a batch of a second costs as much as
    /// one of ten.
    private static let fullInterval = Duration.seconds(10)
    /// Seconds for the lock, when a program ends at once whose main thread hangs in a file. Arbitrary.
    private static let patience = 0.5

    let takesFrames: Bool

    /// `flush` brings to the disk what the members still keep, `flushRest` what is too costly to bring there every second
    /// and is brought every ten.
    init(_ members: [any RunRecorder], flush: @escaping () -> Void, flushRest: @escaping () -> Void = {}) {
        self.members = RecorderGroup(members)
        self.flush = flush
        self.flushRest = flushRest
        takesFrames = self.members.takesFrames
    }

    func begin(signals: [SignalDescription]) { lock.withLock { members.begin(signals: signals) } }

    func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        lock.withLock { members.record(at: seconds, values: values) }
    }

    func record(_ event: EventMark) { lock.withLock { members.record(event) } }

    func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {
        lock.withLock { members.record(frame: frame, at: nanoseconds, bus: bus, unit: unit, direction: direction) }
    }

    /// Flushes if it is time.
    func keepUp() {
        let now = ContinuousClock.now
        guard now >= nextFlush else { return }
        nextFlush = now + Self.interval
        let isFull = now >= nextFullFlush
        if isFull { nextFullFlush = now + Self.fullInterval }
        lock.withLock {
            flush()
            if isFull { flushRest() }
        }
    }

    /// Closes files or does else what must not meet `saveInHaste`.
    func alone<Result>(_ work: () throws -> Result) rethrows -> Result { try lock.withLock(work) }

    /// Flushes for the last time, from any thread; what is recorded afterwards waits for ever.
    func saveInHaste() {
        guard lock.lock(before: Date(timeIntervalSinceNow: Self.patience)) else { return }
        flush()
        flushRest()
    }
}
