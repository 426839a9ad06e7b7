import Foundation
import Reports
import RunRecords
import Testing

private func temporaryFolder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("busbar-\(UUID().uuidString)").path
}

@Suite struct OutputFilesTests {
    @Test func `the folder holds the three files and no draft`() throws {
        let path = temporaryFolder() + "/runs/first-light"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try OutputFolder(path: path)
        for _ in 0..<2 {
            let report = try folder.writeReports(of: SampleRun(reached: 5).result())
            #expect(report == path + "/report.html")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
                "junit.xml", "report.html", "result.json",
            ])
    }

    @Test func `a file where the folder should be is a failure that says so`() throws {
        let path = temporaryFolder()
        try Data().write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let failure = #expect(throws: OutputFailure.self) { try OutputFolder(path: path + "/deeper") }
        #expect(failure?.description == "cannot create the folder \(path): there is a file of that name")
    }

    @Test func `what was flushed can be read while the log goes on`() throws {
        let path = temporaryFolder() + ".jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try EventLog(path: path)
        func record(_ text: String) {
            log.record(EventMark(at: 1, source: .scenario, subject: "rack", text: text, isMajor: false))
        }
        func lines() throws -> Int { try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count }
        record("one")
        #expect(try lines() == 0)
        log.flush()
        #expect(try lines() == 1)
        record("two")
        try log.finish()
        #expect(try lines() == 2)
        log.flush()
        #expect(try lines() == 2 && log.failure == nil)
    }

    @Test func `events are one JSON object per line in the order they came`() throws {
        let path = temporaryFolder() + ".jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let log = try EventLog(path: path)
        log.record(EventMark(at: 120, source: .scenario, subject: "shelf-1/psu-3", text: "failed", isMajor: true))
        log.record(
            EventMark(at: 120.1, source: .controller, subject: "rack", text: "two\nlines \"here\"", isMajor: false))
        try log.finish()
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines[2].isEmpty)
        #expect(
            lines[0] == #"{"at":120,"isMajor":true,"source":"scenario","subject":"shelf-1/psu-3","text":"failed"}"#)
        let second = try JSONDecoder().decode(EventMark.self, from: Data(lines[1].utf8))
        #expect(second.at == 120.1 && second.text == "two\nlines \"here\"")
    }
}
