import Scenario
import YAMLReading

/// One reading of a scenario's text, as it stands or as a variant of it.
struct ScenarioReading {
    let text: String
    let file: String
    let library: ModelLibrary

    /// The scenario as complete as the mistakes allow, and all mistakes, each once, by place. Its variants are there where
    /// nothing is overridden.
    func read(
        variant: String?, overrides: [ScenarioOverride], judgesVariants: Bool
    ) -> (ScenarioDefinition?, [Problem]) {
        let declared =
            YAMLFile.root(of: text, log: ProblemLog(file: file)).map { VariantReader.overrides(in: $0) } ?? []
        var chosen: [ScenarioOverride] = []
        if let variant {
            guard let found = declared.first(where: { $0.name == variant }) else {
                return (nil, [unknown(variant, among: declared.map(\.name))])
            }
            chosen = found.overrides
        }
        let (scenario, problems) = pass(chosen + overrides)
        guard judgesVariants, problems.isEmpty else { return (scenario, problems) }
        let more = declared.flatMap { judged($0.name, $0.overrides + overrides) }
        return (scenario, Self.unique(more))
    }

    private func unknown(_ variant: String, among names: [String]) -> Problem {
        let hint = names.isEmpty ? "; it has none" : Nearness.hint(for: variant, among: names)
        return Problem(file: file, line: 0, column: 0, text: "there is no variant \"\(variant)\"\(hint)")
    }

    /// What is wrong with a scenario, good as it stands, when these values are changed.
    private func judged(_ name: String, _ overrides: [ScenarioOverride]) -> [Problem] {
        pass(overrides).1.map { problem in
            var told = problem
            told.text = "in the variant \"\(name)\": \(problem.text)"
            return told
        }
    }

    private func pass(_ overrides: [ScenarioOverride]) -> (ScenarioDefinition?, [Problem]) {
        let log = ProblemLog(file: file)
        guard let root = YAMLFile.root(of: text, log: log), root.mapping("the mapping of a scenario") != nil else {
            return (nil, log.problems.sorted())
        }
        let parameters = ParameterReader(root: root, overrides: overrides)
        guard let mapping = parameters.settle().mapping("the mapping of a scenario") else {
            return (nil, log.problems.sorted())
        }
        var scenario = ScenarioReader(file: file, library: library).read(
            mapping, name: RackFile.name(of: file), says: firstComment(of: text), parameters: parameters.values,
            ranges: parameters.ranges)
        // Under other values an expectation may read differently than the variants name it.
        if overrides.isEmpty {
            let expect = mapping.optional("expect").flatMap { $0.isSequence ? $0.list()?.count : nil } ?? 0
            // A list that is cut short by mistakes knows not every name.
            let known = scenario?.expectations.count == expect ? scenario?.expectations : nil
            let variants = VariantReader.read(mapping.optional("variants"), expectations: known)
            scenario?.variants = variants
        }
        return (scenario, Self.unique(log.problems + library.problems))
    }

    private static func unique(_ problems: [Problem]) -> [Problem] {
        var seen: Set<Problem> = []
        return problems.filter { seen.insert($0).inserted }.sorted()
    }
}
