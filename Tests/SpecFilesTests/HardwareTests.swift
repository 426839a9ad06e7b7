import DeviceSpecs
import SpecFiles
import Testing
import Units

/// What a spec says of the hardware behind its map.
@Suite struct HardwareTests {
    private func spec(_ more: String) -> String { MistakeTests.spec(MistakeTests.sound, more: more) }

    @Test func `converter and busy time are read and written back`() throws {
        let text = spec("sensing: {converter: ina238, averages: 32}\nbusy: {every: 64 ms, for: 4 ms}")
        let specification = try #require(SpecFile.load(text: text, file: "x.yaml").0)
        #expect(specification.sensing == SensingSettings(converter: .ina238, averages: 32))
        #expect(specification.busy == BusySettings(every: .milliseconds(64), length: .milliseconds(4)))
        let again = try #require(SpecFile.load(text: SpecFile.text(of: specification), file: "y.yaml").0)
        #expect(again.sensing == specification.sensing)
        #expect(again.busy == specification.busy)
        let page = SpecDocument.markdown(specification)
        #expect(page.contains("- **sensing:** ina238, 32 conversions to a reading"))
        #expect(page.contains("- **busy:** answers exception 6 for 4 ms of every 64 ms"))
    }

    @Test(arguments: [
        (
            "sensing: {converter: ina999}",
            "expected one of \"ina228\", \"ina238\", \"adm1278\", \"ina3221\", \"max34417\", found \"ina999\""
        ),
        ("sensing: {converter: ina228, averages: 2000}", "expected a whole number from 1 to 1024, found \"2000\""),
        (
            "busy: {every: 4 ms, for: 4 ms}",
            "expected a time shorter than the 4 ms from one to the next, found \"4 ms\""
        ),
        ("busy: {every: 2 min, for: 4 ms}", "expected a time above 0 s and up to 60 s, found \"2 min\""),
    ])
    func `mistakes about the hardware are told`(more: String, text: String) {
        let problems = MistakeTests.problems(spec(more))
        #expect(problems.count == 1 && problems[0].hasSuffix(text), "\(problems)")
    }
}
