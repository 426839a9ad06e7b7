import Foundation
import Plant
import Testing

/// The built-in sample against the trace whose statistics it claims, where a copy of that is at hand.
@Suite struct ReferenceTraceTests {
    private static let trace: URL? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["BUSBAR_REFERENCE"].map { URL(filePath: $0) }
        let folder = named ?? package.deletingLastPathComponent().appending(path: "shared")
        let file = folder.appending(path: "traces/azure-llm-inference-2023-conv.csv")
        return FileManager.default.fileExists(atPath: file.path) ? file : nil
    }()

    private func quantile(_ sorted: [Int], _ share: Double) -> Double {
        Double(sorted[Int(share * Double(sorted.count - 1))])
    }

    @Test(
        .enabled(if: trace != nil, "the Azure trace is not at hand; set BUSBAR_REFERENCE to the folder above traces/"))
    func `quantiles of the built-in sample are those of the conversation trace`() throws {
        let text = try String(contentsOf: try #require(ReferenceTraceTests.trace), encoding: .utf8)
        let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
        let original = (
            context: rows.compactMap { Int($0[1]) }.sorted(), generated: rows.compactMap { Int($0[2]) }.sorted()
        )
        try #require(original.context.count > 1000)
        let sample = BuiltInTraces.bursty()
        let contexts = sample.map(\.contextTokens).sorted()
        let answers = sample.map(\.generatedTokens).sorted()
        for share in [0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
            #expect(abs(quantile(contexts, share) / quantile(original.context, share) - 1) < 0.1)
            #expect(abs(quantile(answers, share) / quantile(original.generated, share) - 1) < 0.1)
        }
    }
}
