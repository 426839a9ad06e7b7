internal import ArgumentParser
internal import Expectations
internal import Foundation
internal import RunRecords
internal import Scenario
internal import Units

/// Judges expectations over signals that a file states: for programs that compare the judge with another.
struct MarginsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "margins",
        abstract: "Judge expectations over given signals: JSON in, JSON out.",
        discussion: """
            The file is a list of cases: {"step": 0.001, "signals": {"x": [...]}, "events": [...], "expectation": \
            {"kind": "always", "left": "x", "comparison": "<=", "number": 2.5, "from": 0, "limit": 1, "lasting": 1, \
            "band": 1, "except": 0.5}}. Times in seconds; "number" or "signal" is the right side. Standard output \
            is a list of outcomes in the same order.
            """, shouldDisplay: false)

    @Argument(help: "The file with the cases.")
    var file: String

    func run() throws {
        let cases = try JSONDecoder().decode([MarginCase].self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let outcomes = try cases.map { try $0.outcome() }
        try StandardStreams.output(String(decoding: try encoder.encode(outcomes), as: UTF8.self))
    }
}

struct MarginCase: Decodable {
    struct Expectation: Decodable {
        var kind: String
        var left: String
        var comparison: String
        var number: Double?
        var signal: String?
        var from: Double
        var limit: Double?
        var lasting: Double?
        var band: Double?
        var except: Double?
    }

    var step: Double
    var signals: [String: [Double]]
    var events: [Double]?
    var expectation: Expectation

    func outcome() throws -> ExpectationOutcome {
        let names = signals.keys.sorted()
        let descriptions = names.map { SignalDescription(path: $0, unit: "W") }
        var monitor = ExpectationMonitor(definitions: [try definition()], signals: descriptions)
        let count = signals.values.map(\.count).min() ?? 0
        var pending = (events ?? []).sorted()[...]
        for index in 0..<count {
            let now = Self.instant(Double(index) * step)
            while let event = pending.first, Self.instant(event) <= now {
                monitor.noteEvent(at: Self.instant(event))
                pending.removeFirst()
            }
            names.map { signals[$0]?[index] ?? 0 }.withUnsafeBufferPointer { monitor.observe(at: now, values: $0) }
        }
        return monitor.outcomes(endedAt: Self.instant(Double(count - 1) * step))[0]
    }

    private func definition() throws -> ExpectationDefinition {
        let wanted = expectation
        let limit = Interval(rawValue: Int64(((wanted.limit ?? 0) * 1e9).rounded()))
        let lasting = Interval(rawValue: Int64(((wanted.lasting ?? 0) * 1e9).rounded()))
        let kind: ExpectationDefinition.Kind =
            switch wanted.kind {
            case "always": .always
            case "never": .never
            case "within": .within(limit: limit, lasting: lasting)
            case "for": .during(length: lasting)
            case "settles": .settles(limit: limit, band: wanted.band ?? 0)
            default: throw ValidationError("unknown kind \"\(wanted.kind)\"")
            }
        guard let comparison = SignalPredicate.Comparison(rawValue: wanted.comparison) else {
            throw ValidationError("unknown comparison \"\(wanted.comparison)\"")
        }
        let right: SignalPredicate.Operand = wanted.signal.map { .signal($0) } ?? .constant(wanted.number ?? 0)
        return ExpectationDefinition(
            kind: kind, from: Self.instant(wanted.from),
            predicate: SignalPredicate(left: wanted.left, comparison: comparison, right: right, isTruth: false),
            exceptAfterEvents: Interval(rawValue: Int64(((wanted.except ?? 0) * 1e9).rounded())), text: wanted.kind)
    }

    private static func instant(_ seconds: Double) -> Instant { Instant(rawValue: Int64((seconds * 1e9).rounded())) }
}
