import Plant
public import Scenario
import Units
public import YAMLReading

/// Supernodes as data: counts and power with their sources, and the rack that is one compute cabinet.
public enum SupernodeFile {
    /// Whether a file is one of these, in contrast to a scenario.
    public static func isSupernode(path: String) -> Bool {
        guard case .success(let text) = ProjectFiles.text(at: path) else { return false }
        let root = YAMLFile.root(of: text, log: ProblemLog(file: path))
        return root?.isMapping == true && root?.mapping()?.optional("supernode") != nil
    }

    /// The supernode with every mistake of its file and of its rack; it is there only when there are none.
    public static func load(path: String, files: ProjectFiles) -> (Supernode?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text):
            let log = ProblemLog(file: path)
            let library = ModelLibrary(files: files)
            guard let mapping = YAMLFile.root(of: text, log: log)?.mapping("the mapping of a supernode") else {
                return (nil, log.problems)
            }
            let supernode = read(mapping, says: firstComment(of: text), file: path, library: library)
            mapping.finish()
            let problems = (log.problems + library.problems).sorted()
            return (problems.isEmpty ? supernode : nil, problems)
        }
    }

    private static func read(
        _ mapping: YAMLMapping, says: String, file: String, library: ModelLibrary
    ) -> Supernode? {
        let name = mapping.required("supernode")?.string("a name") ?? ""
        let model = mapping.required("accelerator")
        let keys = ["accelerators", "compute-cabinets", "switch-cabinets", "power"]
        let fields = keys.map { SourcedField($0, in: mapping, mayBeUnpublished: $0 != keys[0]) }
        let count = fields[0].value?.integer(in: 1...100_000)
        let cabinets = fields[1].value?.integer(in: 1...10_000)
        _ = fields[2].value?.integer(in: 0...10_000)
        let power = fields[3].value?.power()
        guard let place = mapping.required("rack"), let rack = readRack(place, file, library), let count else {
            return nil
        }
        let trays = rack.definition.plant.trays
        if let model, let word = model.string("the model of an accelerator"),
            let other = trays.first(where: { $0.acceleratorCount > 0 && $0.accelerator.name != word })
        {
            model.problem("expected the accelerator of the rack, \"\(other.accelerator.name)\", found \"\(word)\"")
        }
        let each = trays.reduce(0) { $0 + $1.acceleratorCount }
        guard each > 0, count % each == 0, cabinets ?? (count / each) == count / each else {
            let words = cabinets.map { "\($0) cabinets" } ?? "whole cabinets"
            place.problem("expected a rack of which \(words) hold \(count) accelerators, found one with \(each)")
            return nil
        }
        let facts = zip(keys, fields).map { key, field in
            Supernode.Fact(
                title: key.replacing("-", with: " "), value: field.value?.scalarText ?? "",
                mark: field.mark?.rawValue ?? "", source: field.source)
        }
        let ceiling = rack.policies.reduce(Power.zero) { $0 + $1.ceiling }
        if let power, ceiling * Int64(count / each) > power {
            fields[3].value?.problem(
                "expected at least what \(count / each) cabinets draw, \((ceiling * Int64(count / each)).text), found less"
            )
        }
        return Supernode(
            name: name, says: says, facts: facts, rack: rack.definition, acceleratorCount: count,
            cabinetCount: count / each, cabinetCeiling: ceiling,
            cabinetFloor: rack.policies.reduce(Power.zero) { $0 + $1.floor }, power: power)
    }

    private static func readRack(_ place: YAMLValue, _ file: String, _ library: ModelLibrary) -> LoadedRack? {
        guard let path = RackReference.path(of: place, in: file, library: library, expected: "the name of a rack")
        else {
            return nil
        }
        let (rack, problems) = RackFile.read(path: path, library: library)
        library.add(problems)
        return rack
    }
}
