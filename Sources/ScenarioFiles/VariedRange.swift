import Scenario
import YAMLReading

/// A range that a scenario declares or that somebody varies, and where it was said. Both ends must make a scenario.
struct VariedRange {
    private struct Place {
        /// The file, or what stands for it: `--vary controller.period=50ms..1s`.
        var file: String
        /// 0 for what stands in no file.
        var line = 0
        var column = 0

        init(_ value: YAMLValue) {
            (file, line, column) = (value.log.file, value.line, value.column)
        }

        init(origin: String) { file = origin }
    }

    private let range: ValueRange
    private let whole: Place
    /// Of the lowest and the highest value.
    private let ends: [Place]

    /// A range that does not stand in a file.
    init(_ range: ValueRange, origin: String) {
        self.range = range
        whole = Place(origin: origin)
        ends = [whole, whole]
    }

    /// `nil` for what is no range, which its own reader reports.
    private init?(_ path: YAMLValue, _ value: YAMLValue?) {
        guard let name = path.scalarText, let value, let words = value.rangeEnds, let list = value.list(),
            let range = ValueRange(path: name, ends: words)
        else { return nil }
        self.range = range
        whole = Place(path)
        ends = list.map(Place.init)
    }

    /// Those of the parameters, then those that the swarm varies, without a word about mistakes.
    static func all(in root: YAMLValue) -> [VariedRange] {
        let parameters = entries(of: root, "parameters").compactMap {
            VariedRange($0.key, $0.value.isMapping ? $0.value.mapping()?.optional("range") : nil)
        }
        let swarm = root.isMapping ? root.mapping()?.optional("swarm") : nil
        return parameters + (swarm.map { entries(of: $0, "vary") } ?? []).compactMap { VariedRange($0.key, $0.value) }
    }

    private static func entries(of value: YAMLValue, _ key: String) -> [YAMLMapping.Entry] {
        guard value.isMapping, let inner = value.mapping()?.optional(key), inner.isMapping else { return [] }
        return inner.mapping()?.entries ?? []
    }

    /// What is wrong with the scenario at the ends: once, at the path, what is wrong at both alike; the rest at its end.
    func problems(
        in reading: ScenarioReading, under overrides: [ScenarioOverride], beside known: [Problem]
    ) -> [Problem] {
        let found = mistakes(in: reading, under: overrides, beside: known)
        let alike = common(found)
        return alike.map { told($0, at: whole, saying: "\"\(range.path)\" cannot be varied") }
            + zip(found, ends.indices).flatMap { problems, end in
                let value = range.text(at: Double(end))
                return problems.filter { !alike.contains($0) }
                    .map { told($0, at: ends[end], saying: "with \"\(range.path)\" at \(value)") }
            }
    }

    /// What is wrong at both ends alike.
    func obstacles(
        in reading: ScenarioReading, under overrides: [ScenarioOverride], beside known: [Problem]
    ) -> [Problem] {
        common(mistakes(in: reading, under: overrides, beside: known))
            .map { told($0, at: whole, saying: "\"\(range.path)\" cannot be varied") }
    }

    private func common(_ found: [[Problem]]) -> [Problem] { found[0].filter { found[1].contains($0) } }

    private func mistakes(
        in reading: ScenarioReading, under overrides: [ScenarioOverride], beside known: [Problem]
    ) -> [[Problem]] {
        [0.0, 1.0].map { share in
            let end = ScenarioOverride(path: range.path, value: range.text(at: share), origin: origin)
            return reading.mistakes(with: overrides + [end], beside: known)
        }
    }

    /// Where the mistakes of the value itself are told.
    private var origin: String { "the range of \(range.path)" }

    /// A mistake elsewhere in the scenario keeps its place in the words.
    private func told(_ problem: Problem, at place: Place, saying: String) -> Problem {
        let words = problem.file == origin ? problem.text : "\(problem)"
        return Problem(file: place.file, line: place.line, column: place.column, text: "\(saying): \(words)")
    }
}
