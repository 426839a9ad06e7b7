internal import GRDB
internal import GRDBSQLite
internal import RunRecords

/// One wide table of samples: the time and up to `mostSignals` signals.
struct TelemetryTable {
    /// SQLite allows 2000 columns per table unless it was built otherwise (sqlite.org/limits.html, point 2).
    static let mostSignals = 1_900

    let name: String
    let signals: ArraySlice<SignalDescription>

    /// `telemetry`, then `telemetry_2` and so on where one table is too narrow.
    static func split(_ signals: [SignalDescription]) -> [TelemetryTable] {
        guard !signals.isEmpty else { return [TelemetryTable(name: "telemetry", signals: [])] }
        return stride(from: 0, to: signals.count, by: mostSignals).enumerated().map { number, start in
            TelemetryTable(
                name: number == 0 ? "telemetry" : "telemetry_\(number + 1)",
                signals: signals[start..<min(start + mostSignals, signals.count)])
        }
    }

    private var columns: [String] { ["\"t\""] + signals.map { Self.quoted($0.path) } }

    private static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    func create(in database: Database) throws {
        let definitions = columns.map { $0 + " REAL" }.joined(separator: ", ")
        try database.execute(sql: "CREATE TABLE \"\(name)\" (\(definitions))")
        for signal in signals {
            try database.execute(
                sql: "INSERT INTO signals (path, unit, \"table\") VALUES (?, ?, ?)",
                arguments: [signal.path, signal.unit, name])
        }
    }

    /// Made last: keeping it current with every row would cost more than making it once.
    func createIndex(in database: Database) throws {
        try database.execute(sql: "CREATE INDEX \"\(name)_t\" ON \"\(name)\" (\"t\")")
    }

    /// - Parameters:
    ///   - samples: rows of `stride` numbers: the time, then every signal of the run.
    func insert(_ samples: [Double], rows: Int, stride: Int, into database: Database) throws {
        guard rows > 0 else { return }
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let statement = try database.cachedStatement(sql: "INSERT INTO \"\(name)\" VALUES (\(marks))")
        // Straight to SQLite: an argument list of 500 boxed values per row costs ten times the row itself.
        let handle = statement.sqliteStatement
        try samples.withUnsafeBufferPointer { samples in
            for row in 0..<rows {
                let start = row * stride
                sqlite3_bind_double(handle, 1, samples[start])
                var column: Int32 = 2
                for signal in signals.indices {
                    // SQLite stores a not-a-number as NULL: the signal had no value then.
                    sqlite3_bind_double(handle, column, samples[start + 1 + signal])
                    column += 1
                }
                let code = sqlite3_step(handle)
                sqlite3_reset(handle)
                guard code == SQLITE_DONE else {
                    throw DatabaseError(
                        resultCode: ResultCode(rawValue: code),
                        message: String(cString: sqlite3_errmsg(database.sqliteConnection)),
                        sql: "INSERT INTO \"\(name)\" …")
                }
            }
        }
    }
}
