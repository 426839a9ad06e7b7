import Plant
import Scenario
import Units
import YAMLReading

/// Reads the mapping of a scenario whose parameters are in place.
final class ScenarioReader {
    let file: String
    let library: ModelLibrary

    init(file: String, library: ModelLibrary) {
        self.file = file
        self.library = library
    }

    /// The scenario; `nil` when its rack or its controller is missing, with the reason logged.
    func read(
        _ mapping: YAMLMapping, name: String, says: String, parameters: [(name: String, value: String)],
        ranges: [ValueRange] = []
    ) -> ScenarioDefinition? {
        _ = mapping.optional("parameters")
        // They name the expectations, and are read after these by who reads the file.
        _ = mapping.optional("variants")
        let text = mapping.optional("says")?.string() ?? says
        let group = mapping.optional("group")?.choice(of: ScenarioGroup.self)
        let look = readLook(mapping.optional("look"))
        let rack = readRack(mapping.required("rack"))
        let duration = mapping.required("duration")?.interval(from: .milliseconds(100), to: .seconds(604_800))
        let workloads = WorkloadReader(file: file, library: library, rack: rack?.definition)
            .read(mapping.required("workload"))
        let controller = ControllerReader(rack: rack).read(mapping.required("controller"))
        let targets = RackTargets(rack?.definition)
        let floors = rack.map { $0.policies.reduce(Power.zero) { $0 + $1.floor } }
        let events = EventReader(
            targets: targets, duration: duration, floors: floors, hasStandby: controller?.load.standby != nil,
            specification: { [library] in library.specification($0) }
        ).read(mapping.optional("events"))
        let catalogue = rack.map { SignalCatalogue(for: $0.definition) }
        let expectations = ExpectationReader(catalogue: catalogue, duration: duration).read(mapping.optional("expect"))
        let served = ServeReader(buses: rack?.definition.buses).read(mapping.optional("serve"))
        let seed = mapping.optional("seed")?.integer(in: 0...Int.max).map { UInt64($0) }
        let swarmReader = SwarmReader(ranges: ranges, duration: duration)
        let swarm = swarmReader.read(mapping.optional("swarm"))
        let safety = swarmReader.readSafety(mapping.optional("safety"))
        mapping.finish()
        guard let rack, let duration, let controller else { return nil }
        return ScenarioDefinition(
            name: name, says: text, duration: duration, rack: rack.definition, workloads: workloads,
            controller: controller, events: events, expectations: expectations, parameters: parameters,
            served: served, ranges: ranges, swarm: swarm, safety: safety, seed: seed, group: group, look: look)
    }

    /// A sentence, or a list of them.
    private func readLook(_ value: YAMLValue?) -> [String] {
        guard let value else { return [] }
        let places = value.isSequence ? value.list() ?? [] : [value]
        return places.compactMap { $0.string("a sentence about what to look at") }
    }

    /// A rack in place, by its name in `Racks/`, or by a path relative to the scenario.
    private func readRack(_ value: YAMLValue?) -> LoadedRack? {
        guard let value else { return nil }
        if value.isMapping {
            guard let tree = RackLikeness.resolved(value, file: file, library: library), let mapping = tree.mapping()
            else {
                return nil
            }
            return RackReader(library: library).read(mapping, says: "", defaultName: RackFile.name(of: file))
        }
        let what = "the name of a rack, a path, or a mapping"
        guard let path = RackReference.path(of: value, in: file, library: library, expected: what) else { return nil }
        let (rack, problems) = RackFile.read(path: path, library: library)
        library.add(problems)
        return rack
    }
}
