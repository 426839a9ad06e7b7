import DeviceSpecs
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
            targets: RackTargets(rack), duration: nil, floors: floors, areLive: true, hasStandby: hasStandby,
            specification: specification)
        let events = reader.readEvent(root)
        return log.problems.isEmpty ? (events, []) : ([], log.problems.sorted())
    }

    /// A running rack reads no files: what it does not know already cannot be put into it.
    private func specification(_ place: YAMLValue) -> DeviceSpecification? {
        guard let model = place.string("the model of a device type") else { return nil }
        let known = rack.devices.flatMap { [$0.specification] + $0.alternatives }
        if let specification = known.first(where: { $0.model == model }) { return specification }
        let models = known.map(\.model).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        place.problem("expected a device type of this rack (\(models.joined(separator: ", "))), found \"\(model)\"")
        return nil
    }
}
