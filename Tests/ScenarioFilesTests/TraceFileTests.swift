import Foundation
import Plant
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct TraceFileTests {
    static let reference =
        ProcessInfo.processInfo.environment["BUSBAR_REFERENCE"]
        ?? URL(fileURLWithPath: Project.package).deletingLastPathComponent().path + "/shared"
    static let conversation = reference + "/traces/azure-llm-inference-2023-conv.csv"

    func requests(_ text: String) throws -> ([InferenceRequest]?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "trace.csv")
        return TraceFile.loadRequests(path: "\(project.root)/trace.csv")
    }

    @Test func `a request trace is read with times from its first row`() throws {
        let (read, problems) = try requests(
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 23:59:59.9799600,4808,10
            2023-11-17 00:00:00.0319600,3180,8
            2024-03-01 00:00:00+00:00,1,2
            """)
        #expect(problems == [])
        let rows = try #require(read)
        #expect(rows[0] == InferenceRequest(arrival: 0, contextTokens: 4808, generatedTokens: 10))
        #expect(rows[1].arrival == 0.052)
        // 105 days with the leap day, and 20.04 ms.
        #expect(rows[2].arrival == 9_072_000.02004)
    }

    @Test func `every bad row is told with its field`() throws {
        let (read, problems) = try requests(
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:17:03,10,10
            yesterday,10,10
            2023-11-16 18:17:04,ten,-3
            2023-11-16 18:17:04,10
            2023-11-16 18:17:02,10,10
            2023-13-16 18:17:02,10,10
            """)
        #expect(read == nil)
        #expect(problems.map { "\($0.line):\($0.column)" } == ["3:1", "4:21", "4:25", "5:1", "6:1", "7:1"])
        #expect(problems[1].text == "expected a number of tokens, found \"ten\"")
        #expect(problems[3].text == "expected 3 fields (TIMESTAMP, ContextTokens, GeneratedTokens), found 2")
        #expect(problems[4].text.hasPrefix("expected rising times"))
    }

    @Test func `after twenty bad rows the others are counted`() throws {
        let rows = (0..<50).map { _ in "bad,1,1" }.joined(separator: "\n")
        let (_, problems) = try requests("TIMESTAMP,ContextTokens,GeneratedTokens\n\(rows)\n")
        #expect(problems.count == 21)
        #expect(problems[20].text.hasPrefix("and 30 more bad rows"))
    }

    @Test func `a wrong header, an empty file and a lone row are mistakes`() throws {
        #expect(try requests("time,context,generated\n1,2,3\n").1.map(\.line) == [1])
        #expect(try requests("").1.count == 1)
        #expect(try requests("TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,10,10\n").1.count == 1)
    }

    @Test func `a recorded power is read and its bad rows are told`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write("seconds,share\n0,0.2\n1.5,0.9\n", to: "good.csv")
        let (points, none) = TraceFile.loadReplay(path: "\(project.root)/good.csv")
        #expect(none == [])
        #expect(points == [CurvePoint(x: 0, y: 0.2), CurvePoint(x: 1.5, y: 0.9)])
        try project.write("seconds,share\n0,0.2\n0,0.3\n1,1.5\nx,nan\n", to: "bad.csv")
        let (bad, problems) = TraceFile.loadReplay(path: "\(project.root)/bad.csv")
        #expect(bad == nil)
        #expect(problems.map { "\($0.line):\($0.column)" } == ["3:1", "4:3", "5:1", "5:3"])
    }

    @Test func `bad rows of a trace are told with the scenario's own mistakes`() throws {
        let project = try Project()
        defer { project.remove() }
        try project.write("TIMESTAMP,ContextTokens,GeneratedTokens\nbad,1,1\n", to: "Scenarios/t.csv")
        let text = Project.scenario.changing("bursty", to: "t.csv").changing("100 ms", to: "100")
        let (_, problems) = ScenarioFile.read(text, file: "\(project.root)/Scenarios/s.yaml", files: project.files)
        #expect(problems.map { $0.file.split(separator: "/").last ?? "" } == ["s.yaml", "t.csv"])
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: conversation), "no reference data"))
    func `the Azure trace is read whole`() throws {
        let (read, problems) = TraceFile.loadRequests(path: Self.conversation)
        #expect(problems == [])
        let rows = try #require(read)
        #expect(rows.count == 19_366)
        #expect(rows[0].contextTokens == 374)
    }
}
