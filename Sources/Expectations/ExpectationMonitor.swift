public import RunRecords
public import Scenario
public import Units

/// Judges a scenario's expectations while a run goes on, and says at its end by how much each held or failed.
///
/// The monitor sees nothing but named signals and instants: it knows neither the plant nor the controller that it
/// judges. `observe` costs a few operations per expectation and allocates nothing, so that it can be called at every
/// plant step; a violation shorter than a telemetry sample is seen.
///
/// At one instant: `noteEvent` first, then `observe`. An exception after events then excuses the instant of the event
/// itself and ends with the first step at which its whole time has passed.
public struct ExpectationMonitor: Sendable {
    /// Signals that must be fresh at every `observe`, by rising index.
    public let neededSignals: [Int]

    private let definitions: [ExpectationDefinition]
    private let signals: [SignalDescription]
    private var watches: [Watch]
    private var lastEvent: Int64 = Watch.noEvent

    /// Every signal that an expectation names must be in `signals`; the loader of scenarios has made sure.
    public init(definitions: [ExpectationDefinition], signals: [SignalDescription]) {
        self.definitions = definitions
        self.signals = signals
        watches = definitions.map { Watch(of: $0, in: signals) }
        var needed: [Int] = []
        for watch in watches {
            for index in [watch.left, watch.right, watch.heat] where index >= 0 && !needed.contains(index) {
                needed.append(index)
            }
        }
        neededSignals = needed.sorted()
    }

    /// Takes one step of the run. `values` is ordered as the signals of `init`; only the needed ones are read.
    public mutating func observe(at now: Instant, values: UnsafeBufferPointer<Double>) {
        precondition(values.count == signals.count, "one value for every signal")
        let event = lastEvent
        watches.withUnsafeMutableBufferPointer { watches in
            for index in watches.indices {
                watches[index].observe(at: now.rawValue, values, lastEvent: event)
            }
        }
    }

    /// Takes note that the scenario did something to the rack: exceptions after events begin anew.
    public mutating func noteEvent(at now: Instant) {
        lastEvent = now.rawValue
    }

    /// The verdicts, in the order of the definitions. `interrupted` says that the run was ended before its duration:
    /// what had held until then is undecided.
    public func outcomes(endedAt end: Instant, interrupted: Bool = false) -> [ExpectationOutcome] {
        definitions.indices.map { index in
            Judgement(
                watch: watches[index], definition: definitions[index],
                signalUnit: signals[watches[index].left].unit, end: end.rawValue, interrupted: interrupted
            ).outcome
        }
    }
}
