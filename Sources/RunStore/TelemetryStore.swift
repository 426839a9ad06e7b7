internal import GRDB
internal import GRDBSQLite
public import RunRecords

/// Writes a run to `telemetry.sqlite` while it goes on: one wide row per sample, one column per signal, so that
/// `SELECT t, "rack.power" FROM telemetry` is all that a person has to know.
///
/// Samples gather in memory and go to the disk one transaction per batch. The rollback journal stays on: appending to
/// fresh pages journals next to nothing, and a run that is killed leaves a database that opens and ends with the last
/// whole batch. What is switched off is waiting for the disk; a power cut may therefore cost the file.
public final class TelemetryStore: RunRecorder {
    /// The first thing that went wrong. Nothing is written after it; `finish` throws it.
    public private(set) var failure: (any Error)?

    private let queue: DatabaseQueue
    private var tables: [TelemetryTable] = []
    private var signalCount = 0
    /// Row by row: time, then every signal.
    private var samples: [Double] = []
    private var rows = 0
    private var events: [EventMark] = []
    private var isFinished = false

    /// Rows per transaction, as many as fit into `batchOctets`, at most 1000.
    private var batch = 1
    /// 2 MiB: large enough that the cost of a transaction vanishes, small enough for a run's memory.
    private static let batchOctets = 2 * 1024 * 1024

    /// Creates the file; one that is there already is replaced.
    public init(path: String) throws {
        try FreshFile.removeDatabase(at: path)
        var configuration = Configuration()
        configuration.label = "telemetry"
        configuration.prepareDatabase { database in
            // A row of 500 signals has 4.5 kB: pages that hold several rows spare the overflow chains.
            try database.execute(
                sql: "PRAGMA page_size = 32768; PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { try StoreSchema.create(in: $0) }
    }

    public func begin(signals: [SignalDescription]) {
        precondition(tables.isEmpty, "a run begins once")
        signalCount = signals.count
        tables = TelemetryTable.split(signals)
        let octetsPerRow = (signals.count + 1) * MemoryLayout<Double>.stride
        batch = max(1, min(1_000, Self.batchOctets / octetsPerRow))
        samples.reserveCapacity(batch * (signals.count + 1))
        attempt { database in
            for table in tables { try table.create(in: database) }
        }
    }

    public func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {
        precondition(values.count == signalCount, "one value per signal is expected")
        samples.append(seconds)
        samples.append(contentsOf: values)
        rows += 1
        if rows == batch { flush() }
    }

    public func record(_ event: EventMark) {
        events.append(event)
        if events.count >= 1_000 { flush() }
    }

    public var takesFrames: Bool { false }
    public func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {}

    /// Writes what is still in memory, then the verdict. The database is complete afterwards, and closed.
    public func finish(_ result: RunResult) throws {
        flush()
        isFinished = true
        attempt { database in
            try StoreSchema.insert(result, into: database)
            for table in tables { try table.createIndex(in: database) }
        }
        if let failure { throw failure }
        try queue.close()
    }

    /// Brings into the file what is still in memory, as one transaction.
    public func flush() {
        guard !isFinished else { return }
        attempt { database in
            for table in tables {
                try table.insert(samples, rows: rows, stride: signalCount + 1, into: database)
            }
            for event in events { try StoreSchema.insert(event, into: database) }
        }
        samples.removeAll(keepingCapacity: true)
        events.removeAll(keepingCapacity: true)
        rows = 0
    }

    private func attempt(_ writing: (Database) throws -> Void) {
        guard failure == nil else { return }
        do {
            try queue.write(writing)
        } catch {
            failure = error
        }
    }
}
