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
        variant: String?, overrides: [ScenarioOverride], judgesVariants: Bool, judgesRanges: Bool
    ) -> (ScenarioDefinition?, [Problem]) {
        let root = YAMLFile.root(of: text, log: ProblemLog(file: file))
        let declared = root.map { VariantReader.overrides(in: $0) } ?? []
        var chosen: [ScenarioOverride] = []
        if let variant {
            guard let found = declared.first(where: { $0.name == variant }) else {
                return (nil, [unknown(variant, among: declared.map(\.name))])
            }
            chosen = found.overrides
        }
        var (scenario, problems) = pass(chosen + overrides)
        if let found = declared.first(where: { $0.name == variant }) { scenario?.tell(of: found.name, found.says) }
        var more: [Problem] = []
        if judgesVariants {
            more += declared.flatMap { judged($0.name, $0.overrides + overrides, beside: problems) }
        }
        if judgesRanges, let root {
            more += VariedRange.all(in: root).flatMap {
                $0.problems(in: self, under: chosen + overrides, beside: problems)
            }
        }
        return (scenario, more.isEmpty ? problems : Self.unique(problems + more))
    }

    /// What is wrong alike at both ends of ranges that do not stand in the file.
    func obstacles(
        to varied: [(range: ValueRange, origin: String)], under overrides: [ScenarioOverride]
    ) -> [Problem] {
        let (_, known) = pass(overrides)
        let found = varied.flatMap {
            VariedRange($0.range, origin: $0.origin).obstacles(in: self, under: overrides, beside: known)
        }
        return Self.unique(found)
    }

    private func unknown(_ variant: String, among names: [String]) -> Problem {
        let hint = names.isEmpty ? "; it has none" : Nearness.hint(for: variant, among: names)
        return Problem(file: file, line: 0, column: 0, text: "there is no variant \"\(variant)\"\(hint)")
    }

    /// What is wrong in a variant and not in the scenario as it stands.
    private func judged(_ name: String, _ overrides: [ScenarioOverride], beside known: [Problem]) -> [Problem] {
        mistakes(with: overrides, beside: known).map { problem in
            var told = problem
            told.text = "in the variant \"\(name)\": \(problem.text)"
            return told
        }
    }

    /// The mistakes that the scenario has with these values and not without them: none at a place that is known to be wrong.
    func mistakes(with overrides: [ScenarioOverride], beside known: [Problem]) -> [Problem] {
        let other = ScenarioReading(text: text, file: file, library: library.anew())
        return other.pass(overrides).1.filter { problem in
            !known.contains {
                $0 == problem
                    || problem.line > 0
                        && ($0.file, $0.line, $0.column) == (problem.file, problem.line, problem.column)
            }
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
