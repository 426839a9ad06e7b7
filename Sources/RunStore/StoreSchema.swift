internal import GRDB
internal import RunRecords

/// The tables beside the samples: what the signals are, what happened, and what became of it.
enum StoreSchema {
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE signals (path TEXT NOT NULL, unit TEXT NOT NULL, "table" TEXT NOT NULL);
                CREATE TABLE events (at REAL NOT NULL, source TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
                    major INTEGER NOT NULL);
                CREATE TABLE result (key TEXT PRIMARY KEY, value TEXT NOT NULL);
                CREATE TABLE expectations (kind TEXT NOT NULL, text TEXT NOT NULL, verdict TEXT NOT NULL, margin REAL,
                    unit TEXT NOT NULL, at REAL, explanation TEXT NOT NULL);
                CREATE TABLE checks (name TEXT NOT NULL, held INTEGER NOT NULL, explanation TEXT NOT NULL);
                CREATE TABLE figures (name TEXT NOT NULL, value REAL, unit TEXT NOT NULL);
                CREATE TABLE settings (name TEXT NOT NULL, value TEXT NOT NULL);
                CREATE TABLE buses (name TEXT NOT NULL, kind TEXT NOT NULL, transactions INTEGER NOT NULL,
                    exceptions INTEGER NOT NULL, timeouts INTEGER NOT NULL, bad_frames INTEGER NOT NULL,
                    octets INTEGER NOT NULL, load REAL);
                INSERT INTO result VALUES ('state', 'running');
                """)
    }

    static func insert(_ event: EventMark, into database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO events VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [event.at, event.source.rawValue, event.subject, event.text, event.isMajor])
    }

    static func insert(_ result: RunResult, into database: Database) throws {
        let facts: [(String, String)] = [
            ("state", result.interrupted ? "interrupted" : "finished"), ("scenario", result.scenario),
            ("says", result.says), ("version", result.version), ("seed", String(result.seed)),
            ("duration", String(result.duration)), ("reached", String(result.reached)),
            ("held", String(result.held)), ("digest", result.digest), ("command", result.command),
        ]
        for (key, value) in facts {
            try database.execute(sql: "INSERT OR REPLACE INTO result VALUES (?, ?)", arguments: [key, value])
        }
        for outcome in result.outcomes {
            try database.execute(
                sql: "INSERT INTO expectations VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    outcome.kind, outcome.text, outcome.verdict.rawValue, outcome.margin, outcome.marginUnit,
                    outcome.marginAt, outcome.explanation,
                ])
        }
        for check in result.checks {
            try database.execute(
                sql: "INSERT INTO checks VALUES (?, ?, ?)", arguments: [check.name, check.held, check.explanation])
        }
        for figure in result.figures {
            try database.execute(
                sql: "INSERT INTO figures VALUES (?, ?, ?)", arguments: [figure.name, figure.value, figure.unit])
        }
        for setting in result.settings {
            try database.execute(sql: "INSERT INTO settings VALUES (?, ?)", arguments: [setting.name, setting.value])
        }
        for bus in result.buses {
            try database.execute(
                sql: "INSERT INTO buses VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    bus.name, bus.kind, bus.transactions, bus.exceptions, bus.timeouts, bus.badFrames, bus.octets,
                    bus.load,
                ])
        }
    }
}
