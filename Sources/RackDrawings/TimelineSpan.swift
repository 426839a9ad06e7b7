public import Scenario
public import Units

/// Something on the scenario's axis of time: an event, or when an expectation is judged.
public struct TimelineSpan: Sendable {
    public enum Kind: Sendable {
        case event, expectation
    }

    public var kind: Kind
    public var from: Instant
    /// The end of the run where it stays or is judged to the end.
    public var to: Instant
    /// `2 min`, `3 min for 20 s`; empty for what holds throughout.
    public var when: String
    public var text: String

    /// Events by their instants, then expectations in the order of the file.
    public static func spans(of scenario: ScenarioDefinition) -> [TimelineSpan] {
        let end = Instant.start + scenario.duration
        let events = scenario.events.map { event in
            let length = event.until.map { " for \(AmountText.time($0 - event.at))" } ?? ""
            return TimelineSpan(
                kind: .event, from: event.at, to: min(event.until ?? end, end),
                when: AmountText.time(event.at) + length, text: event.text)
        }
        return events + scenario.expectations.map { expectation($0, end: end) }
    }

    private static func expectation(_ definition: ExpectationDefinition, end: Instant) -> TimelineSpan {
        let (to, when): (Instant, String) =
            switch definition.kind {
            case .always, .never:
                (end, definition.from == .start ? "throughout" : "from \(AmountText.time(definition.from))")
            case .within(let limit, let lasting):
                (definition.from + limit + lasting, "from \(AmountText.time(definition.from))")
            case .during(let length): (definition.from + length, "from \(AmountText.time(definition.from))")
            case .settles(let limit, _): (definition.from + limit, "from \(AmountText.time(definition.from))")
            }
        let except =
            definition.exceptAfterEvents > .zero
            ? " except for \(AmountText.time(definition.exceptAfterEvents)) after an event" : ""
        return TimelineSpan(
            kind: .expectation, from: definition.from, to: min(to, end), when: when, text: definition.title + except)
    }

    /// Round marks of an axis of this length, five to ten of them, 0 included.
    static func marks(_ duration: Interval) -> [Interval] {
        let steps: [Int64] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 43_200, 86_400]
        let seconds = max(1, duration.rawValue / 1_000_000_000)
        let step = steps.first { seconds / $0 <= 8 } ?? 86_400
        return stride(from: 0, through: seconds, by: Int(step)).map { Interval.seconds($0) }
    }
}
