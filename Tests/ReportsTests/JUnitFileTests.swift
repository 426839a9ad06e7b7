import Foundation
import Reports
import RunRecords
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads the file as a build server would.
private final class Reader: NSObject, XMLParserDelegate {
    var cases: [(name: String, failure: String?)] = []
    var suite: [String: String] = [:]

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        switch name {
        case "testsuite": suite = attributes
        case "testcase": cases.append((attributes["name"] ?? "", nil))
        case "failure": cases[cases.count - 1].failure = attributes["message"]
        default: break
        }
    }
}

private func read(_ result: RunResult) throws -> Reader {
    let reader = Reader()
    let parser = XMLParser(data: Data(JUnitFile.xml(for: result).utf8))
    parser.delegate = reader
    try #require(parser.parse(), "the file is not well-formed: \(String(describing: parser.parserError))")
    return reader
}

@Suite struct JUnitFileTests {
    @Test func `every expectation and every check is a test case`() throws {
        let reader = try read(SampleRun(failed: true).result())
        #expect(reader.cases.count == 7)
        #expect(reader.suite["tests"] == "7" && reader.suite["failures"] == "1")
        #expect(reader.cases[0].name == "never feed-a/breaker.tripped")
        #expect(reader.cases.map { $0.failure != nil } == [false, false, true, false, false, false, false])
        #expect(reader.cases[2].failure == "after 2.4 s, 900 W over at the worst")
    }

    @Test func `a broken check is a failure, and what was not decided is skipped`() throws {
        var result = SampleRun(reached: 161.3).result()
        result.checks[1].held = false
        let reader = try read(result)
        #expect(reader.suite["failures"] == "1" && reader.suite["skipped"] == "1")
        #expect(reader.cases[3].failure == nil && reader.cases[5].failure == "least room 212 W at 120.2 s")
    }

    @Test func `hostile text keeps the file well-formed`() throws {
        var result = SampleRun(failed: true).result()
        result.scenario = "a\" & <b> ]]> \u{1}\u{FFFE}"
        result.outcomes[2].explanation = "rack.power <= \"22 kW\" & 'more'\u{0}"
        let reader = try read(result)
        #expect(reader.cases[2].failure == "rack.power <= \"22 kW\" & 'more'\u{FFFD}")
    }
}
