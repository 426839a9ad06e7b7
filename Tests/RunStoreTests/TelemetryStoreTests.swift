import Foundation
import GRDB
import RunRecords
import RunStore
import Testing

private func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("busbar-\(UUID().uuidString).sqlite").path
}

private func result(interrupted: Bool = false) -> RunResult {
    RunResult(
        scenario: "first-light", says: "A supply fails.", version: "0.1.0", seed: 7, duration: 300,
        reached: interrupted ? 93.5 : 300, wallSeconds: 0.6, interrupted: interrupted,
        outcomes: [
            ExpectationOutcome(
                kind: "always", text: "rack.power <= rack.budget", verdict: .held, margin: 310, marginUnit: "W",
                marginAt: 120.134, explanation: "margin 310 W")
        ],
        checks: [CheckOutcome(name: "energy", held: true, explanation: "balanced")], events: [], buses: [], figures: [],
        series: [], settings: [Setting(name: "law", value: "three-band")], digest: "0123456789abcdef")
}

private func take(_ values: [Double], at seconds: Double, into store: TelemetryStore) {
    values.withUnsafeBufferPointer { store.record(at: seconds, values: $0) }
}

@Suite struct TelemetryStoreTests {
    @Test func `every sample is a row with a column per signal`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try TelemetryStore(path: path)
        store.begin(signals: [
            SignalDescription(path: "rack.power", unit: "W"), SignalDescription(path: "shelf-1/psu-3.power", unit: "W"),
        ])
        for sample in 0..<2_345 { take([Double(sample), .nan], at: Double(sample) / 10, into: store) }
        store.record(
            EventMark(at: 120, source: .scenario, subject: "shelf-1/psu-3", text: "failed", isMajor: true))
        try store.finish(result())
        try DatabaseQueue(path: path).read { database in
            try #expect(Int.fetchOne(database, sql: "SELECT count(*) FROM telemetry") == 2_345)
            try #expect(Double.fetchOne(database, sql: "SELECT \"rack.power\" FROM telemetry WHERE t = 120") == 1_200)
            try #expect(Int.fetchOne(database, sql: "SELECT count(\"shelf-1/psu-3.power\") FROM telemetry") == 0)
            try #expect(
                String.fetchAll(database, sql: "SELECT path || ' ' || unit FROM signals ORDER BY rowid") == [
                    "rack.power W", "shelf-1/psu-3.power W",
                ])
            try #expect(
                String.fetchOne(database, sql: "SELECT subject || ' ' || text FROM events") == "shelf-1/psu-3 failed")
            try #expect(String.fetchOne(database, sql: "SELECT value FROM result WHERE key = 'state'") == "finished")
            try #expect(String.fetchOne(database, sql: "SELECT value FROM result WHERE key = 'seed'") == "7")
            try #expect(Double.fetchOne(database, sql: "SELECT margin FROM expectations WHERE verdict = 'held'") == 310)
            try #expect(String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
        }
    }

    @Test func `more signals than a table takes go on in a second one`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try TelemetryStore(path: path)
        store.begin(signals: (0..<2_500).map { SignalDescription(path: "tray-\($0).power", unit: "W") })
        for sample in 0..<3 { take((0..<2_500).map { Double($0 + sample) }, at: Double(sample), into: store) }
        try store.finish(result())
        try DatabaseQueue(path: path).read { database in
            try #expect(
                Double.fetchOne(database, sql: "SELECT \"tray-1899.power\" FROM telemetry WHERE t = 2") == 1_901)
            try #expect(
                Double.fetchOne(database, sql: "SELECT \"tray-1900.power\" FROM telemetry_2 WHERE t = 2") == 1_902)
            try #expect(
                String.fetchOne(database, sql: "SELECT \"table\" FROM signals WHERE path = 'tray-2499.power'")
                    == "telemetry_2")
        }
    }

    @Test func `an interrupted run says so`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try TelemetryStore(path: path)
        store.begin(signals: [SignalDescription(path: "rack.power", unit: "W")])
        take([1], at: 0, into: store)
        try store.finish(result(interrupted: true))
        try DatabaseQueue(path: path).read { database in
            try #expect(String.fetchOne(database, sql: "SELECT value FROM result WHERE key = 'state'") == "interrupted")
            try #expect(String.fetchOne(database, sql: "SELECT value FROM result WHERE key = 'reached'") == "93.5")
            try #expect(Int.fetchOne(database, sql: "SELECT count(*) FROM telemetry") == 1)
        }
    }

    @Test func `a run that is killed leaves whole batches and the state running`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try TelemetryStore(path: path)
        store.begin(signals: [SignalDescription(path: "rack.power", unit: "W")])
        for sample in 0..<1_500 { take([1], at: Double(sample), into: store) }
        // A second reader sees what a killed process would leave: nothing of this store is closed or flushed.
        try DatabaseQueue(path: path).read { database in
            try #expect(Int.fetchOne(database, sql: "SELECT count(*) FROM telemetry") == 1_000)
            try #expect(String.fetchOne(database, sql: "SELECT value FROM result WHERE key = 'state'") == "running")
        }
        try store.finish(result())
    }

    @Test func `names with quotation marks stay names`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try TelemetryStore(path: path)
        store.begin(signals: [SignalDescription(path: "tray \"x\"); DROP TABLE signals; --", unit: "W")])
        take([5], at: 0, into: store)
        try store.finish(result())
        try DatabaseQueue(path: path).read { database in
            try #expect(
                String.fetchOne(database, sql: "SELECT path FROM signals") == "tray \"x\"); DROP TABLE signals; --")
            try #expect(Int.fetchOne(database, sql: "SELECT count(*) FROM telemetry") == 1)
        }
    }

    @Test func `the file of an earlier run is replaced`() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        for _ in 0..<2 {
            let store = try TelemetryStore(path: path)
            store.begin(signals: [SignalDescription(path: "rack.power", unit: "W")])
            take([1], at: 0, into: store)
            try store.finish(result())
        }
        let rows = try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM telemetry") }
        #expect(rows == 1)
    }

    @Test func `a folder that is a file is an error`() throws {
        let path = temporaryPath()
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: (any Error).self) { try TelemetryStore(path: path + "/telemetry.sqlite") }
    }
}
