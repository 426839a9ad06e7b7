public import Scenario
import Units
public import YAMLReading

/// Events for a rack that runs already, in the words of a scenario's events, without `at`.
public struct LiveEventReader: Sendable {
    private let rack: RackDefinition
    private let floors: Power
    private let hasStandby: Bool

    public init(_ scenario: ScenarioDefinition) {
        rack = scenario.rack
        hasStandby = scenario.controller.load.standby != nil
        floors = scenario.controller.trays.reduce(Power.zero) { $0 + $1.floor }
    }

    /// Reads one mapping, such as `{bus: trays, unit: 18, fault: {delay: 300 ms}, for: 10 s}`. The events count their
    /// instants from `.start`; there are some only when there are no problems, which name the text as `file`.
    public func read(_ text: String, file: String = "event") -> ([ScenarioEvent], [Problem]) {
        let log = ProblemLog(file: file)
        guard let root = YAMLFile.root(of: text, log: log) else { return ([], log.problems.sorted()) }
        let reader = EventReader(
            targets: RackTargets(rack), duration: nil, floors: floors, areLive: true, hasStandby: hasStandby)
        let events = reader.readEvent(root)
        return log.problems.isEmpty ? (events, []) : ([], log.problems.sorted())
    }
}
