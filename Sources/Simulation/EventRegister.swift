internal import Scenario
internal import Units

/// Every event of a run: those of the scenario, and behind them those that were put on while it ran.
struct EventRegister {
    /// Events that were put on together, and end together.
    struct Injection {
        /// From 1, in the order in which they were put on.
        var number: Int
        var events: Range<Int>
    }

    private var events: [ScenarioEvent]
    private var isOver: [Bool]
    private(set) var injections: [Injection] = []
    private let scenarioCount: Int
    private var lastNumber = 0

    /// By rising instant, as in a `ScenarioDefinition`.
    init(_ events: [ScenarioEvent]) {
        self.events = events
        isOver = Array(repeating: false, count: events.count)
        scenarioCount = events.count
    }

    subscript(index: Int) -> ScenarioEvent { events[index] }

    func isOver(_ index: Int) -> Bool { isOver[index] }

    /// As the event log names who did it.
    func subject(of index: Int) -> String { index < scenarioCount ? "scenario" : "live" }

    /// Takes in events that begin now.
    mutating func inject(_ new: [ScenarioEvent]) -> Injection {
        lastNumber += 1
        let injection = Injection(number: lastNumber, events: events.count..<(events.count + new.count))
        events += new
        // A restart or a repair happens and is not in force afterwards.
        isOver += new.map { !$0.action.lasts }
        injections.append(injection)
        return injection
    }

    /// Forgets the injections of which nothing is in force.
    mutating func dropFinished() {
        injections.removeAll { $0.events.allSatisfy { isOver[$0] } }
    }

    /// False when the event is over already.
    mutating func end(_ index: Int, at instant: Instant) -> Bool {
        guard !isOver[index] else { return false }
        isOver[index] = true
        events[index].until = instant
        return true
    }

    /// How many events before this one are told in the same words.
    func namesakes(before index: Int) -> UInt64 {
        UInt64(events[..<index].count { $0.text == events[index].text })
    }

    /// Whether another event still holds what one ends: one like it that has begun, has not ended, and was not made good by a
    /// repair since.
    func isHeld(at instant: Instant, _ matches: (ScenarioAction) -> Bool, repairedBy repairs: (ScenarioAction) -> Bool)
        -> Bool
    {
        let begun = events.filter { $0.at <= instant }
        let repaired = begun.filter { repairs($0.action) }.map(\.at).max() ?? .start
        return begun.contains { $0.until ?? .never > instant && $0.at >= repaired && matches($0.action) }
    }

    /// The setting of the event that began last among those that have begun and not ended.
    func setting<Value>(at instant: Instant, _ value: (ScenarioAction) -> Value?) -> Value? {
        var latest: (at: Instant, value: Value)?
        for event in events where event.at <= instant && event.until ?? .never > instant {
            guard event.at >= latest?.at ?? .start, let setting = value(event.action) else { continue }
            latest = (event.at, setting)
        }
        return latest?.value
    }
}

extension ScenarioAction {
    /// Whether it stays until it is undone.
    fileprivate var lasts: Bool {
        switch self {
        case .restoreSupply, .restoreFeed, .restoreFan, .rebootDevice: false
        case .cooling(.restorePump), .cooling(.restoreWallFan), .tether(.restore): false
        default: true
        }
    }
}
