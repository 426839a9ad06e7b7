internal import Foundation
public import RunRecords

/// `result.json`: everything that a run has to say but the curves, for programs. Of every signal it holds the least, the
/// mean and the greatest value; the samples are in `telemetry.sqlite`.
public enum ResultFile {
    public static func json(for result: RunResult) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return String(decoding: try encoder.encode(Document(result)), as: UTF8.self) + "\n"
    }

    /// The two worlds; the curves are in the report.
    private struct Comparison: Encodable {
        struct Verdict: Encodable {
            var kind: String
            var text: String
            var virtual: ExpectationOutcome.Verdict
            var real: ExpectationOutcome.Verdict
            var equal: Bool
        }

        var over: String
        var virtualDigest: String
        var equal: Bool
        var verdicts: [Verdict]
        var from: Double
        var signals: [SignalDifference]

        init(_ comparison: WorldComparison) {
            over = comparison.over
            virtualDigest = comparison.digest
            equal = comparison.unequal.isEmpty
            verdicts = comparison.verdicts.map {
                Verdict(kind: $0.kind, text: $0.text, virtual: $0.virtual, real: $0.real, equal: $0.isEqual)
            }
            from = comparison.from
            signals = comparison.differences
        }
    }

    /// The keys are a promise to other programs: a change here is a change of the format.
    private struct Document: Encodable {
        struct Signal: Encodable {
            var path: String
            var unit: String
            var least: Double
            var mean: Double
            var greatest: Double
        }

        struct Node: Encodable {
            var path: String
            var kind: BudgetNode.Kind
            var depth: Int
            var limit: Double
            var load: Double
            var margin: Double
            var timing: String

            init(_ node: BudgetNode) {
                (path, kind, depth) = (node.path, node.kind, node.depth)
                (limit, load, margin, timing) = (node.limit, node.load, node.margin, node.timing)
            }
        }

        var format = "busbar-result-1"
        var scenario: String
        var says: String
        var version: String
        var seed: UInt64
        var command: String
        var duration: Double
        var reached: Double
        var wallSeconds: Double
        var interrupted: Bool
        var held: Bool
        /// `held`, `failed`, or `undecided` where nothing failed and something was not reached.
        var verdict: ExpectationOutcome.Verdict
        var digest: String
        var expectations: [ExpectationOutcome]
        var checks: [CheckOutcome]
        var figures: [Figure]
        var settings: [Setting]
        var tree: [Node]
        var buses: [BusStatistics]
        var events: [EventMark]
        var signals: [Signal]
        /// Only where a controller ran against the clock.
        var realtime: RealTimeRecord?
        /// Only where the run has a counterpart in virtual time.
        var comparison: Comparison?

        init(_ result: RunResult) {
            scenario = result.scenario
            says = result.says
            version = result.version
            seed = result.seed
            command = result.command
            duration = result.duration
            reached = result.reached
            wallSeconds = result.wallSeconds
            interrupted = result.interrupted
            held = result.held
            verdict = result.held ? .held : result.hasFailure ? .failed : .undecided
            digest = result.digest
            expectations = result.outcomes
            checks = result.checks
            figures = result.figures
            settings = result.settings
            tree = result.tree.map(Node.init)
            buses = result.buses
            events = result.events
            realtime = result.realTime
            comparison = result.comparison.map(Comparison.init)
            signals = result.series.compactMap { record in
                let trace = Trace(record)
                guard let least = trace.trough, let greatest = trace.peak, let mean = trace.average else { return nil }
                return Signal(
                    path: record.path, unit: record.unit, least: least.value, mean: mean, greatest: greatest.value)
            }
        }
    }
}
