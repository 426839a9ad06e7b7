internal import Foundation
public import RunRecords

/// `compare.json`: the figures of every law on every scenario, for programs.
public enum ComparisonFile {
    public static func json(for comparisons: [LawComparison], command: String, version: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        let document = Document(
            version: version, command: command, scenarios: comparisons.map(Document.Scenario.init))
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }

    /// The keys are a promise to other programs: a change here is a change of the format.
    private struct Document: Encodable {
        struct Run: Encodable {
            var law: String
            var held: Bool
            var digest: String
            var settings: [Setting]
            var figures: [Figure]
            var expectations: [ExpectationOutcome]
            var checks: [CheckOutcome]
        }

        struct Scenario: Encodable {
            var scenario: String
            var says: String
            var seed: UInt64
            var runs: [Run]

            init(_ comparison: LawComparison) {
                scenario = comparison.scenario
                says = comparison.says
                seed = comparison.seed
                runs = comparison.runs.map {
                    Run(
                        law: $0.law, held: $0.result.held, digest: $0.result.digest, settings: $0.result.settings,
                        figures: $0.result.figures,
                        expectations: $0.result.outcomes, checks: $0.result.checks)
                }
            }
        }

        var format = "busbar-comparison-1"
        var version: String
        var command: String
        var scenarios: [Scenario]
    }
}
