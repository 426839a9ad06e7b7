import Expectations
import RunRecords
import Scenario
import Units

/// A hand-made run: values of a few signals, stepped by 1 ms.
struct Tape {
    static let signals = [
        SignalDescription(path: "rack.power", unit: "W"),
        SignalDescription(path: "rack.budget", unit: "W"),
        SignalDescription(path: "feed-a/breaker.heat", unit: "%"),
        SignalDescription(path: "feed-a/breaker.tripped", unit: ""),
        SignalDescription(path: "tray-1.temperature", unit: "degC"),
        SignalDescription(path: "tray-1.online", unit: ""),
    ]

    /// Values at an instant in milliseconds, in the order of the signals.
    var values: (Int64) -> [Double]
    var events: [Int64] = []

    func outcome(
        of definition: ExpectationDefinition, milliseconds: Int64, interrupted: Bool = false
    ) -> ExpectationOutcome {
        var monitor = ExpectationMonitor(definitions: [definition], signals: Self.signals)
        for now in 0...milliseconds {
            let instant = Instant.start + .milliseconds(now)
            if events.contains(now) { monitor.noteEvent(at: instant) }
            values(now).withUnsafeBufferPointer { monitor.observe(at: instant, values: $0) }
        }
        return monitor.outcomes(endedAt: .start + .milliseconds(milliseconds), interrupted: interrupted)[0]
    }

    static func power(_ power: @escaping (Int64) -> Double, events: [Int64] = []) -> Tape {
        Tape(values: { [power($0), 1000, 0, 0, 25, 1] }, events: events)
    }

    static func temperature(_ temperature: @escaping (Int64) -> Double) -> Tape {
        Tape(values: { [0, 0, 0, 0, temperature($0), 1] })
    }
}

func expectation(
    _ kind: ExpectationDefinition.Kind, from milliseconds: Int64 = 0, _ left: String = "rack.power",
    _ comparison: SignalPredicate.Comparison = .lessOrEqual, _ right: SignalPredicate.Operand = .signal("rack.budget"),
    except: Int64 = 0, isTruth: Bool = false
) -> ExpectationDefinition {
    ExpectationDefinition(
        kind: kind, from: .start + .milliseconds(milliseconds),
        predicate: SignalPredicate(left: left, comparison: comparison, right: right, isTruth: isTruth),
        exceptAfterEvents: .milliseconds(except), text: "hand-made")
}
