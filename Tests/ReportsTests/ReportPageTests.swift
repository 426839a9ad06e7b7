import Foundation
import Reports
import RunRecords
import Testing

@Suite struct ReportPageTests {
    /// To look at the page: `BUSBAR_REPORT_SAMPLES=/some/folder swift test --filter ReportPageTests`.
    @Test(
        .enabled(
            if: ProcessInfo.processInfo.environment["BUSBAR_REPORT_SAMPLES"] != nil, "no folder for samples is set"))
    func `samples are written for the eye`() throws {
        let root = try #require(ProcessInfo.processInfo.environment["BUSBAR_REPORT_SAMPLES"])
        let runs = [
            "small": SampleRun(), "failed": SampleRun(failed: true), "interrupted": SampleRun(reached: 161.3),
            "large": SampleRun(trays: 27, shelves: 8, duration: 3_600, reached: 3_600),
        ]
        for (name, run) in runs.sorted(by: { $0.key < $1.key }) {
            let path = try OutputFolder(path: root + "/" + name).writeReports(of: run.result())
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }
}
