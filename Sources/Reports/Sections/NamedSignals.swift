internal import RunRecords

/// The signals that a scenario names: in what it expects, and in what it tells to look at.
struct NamedSignals: Sendable {
    /// In the order of their first mention, each once.
    let paths: [String]

    init(outcomes: [ExpectationOutcome], look: [String], in signals: Signals) {
        var paths: [String] = []
        for text in outcomes.map(\.text) + look {
            var subject = ""
            for word in text.split(whereSeparator: { !Self.isPart($0) }) {
                // "switch-1/optics.hot and .faulted": the second is of the same subject.
                let word = word.hasPrefix(".") ? subject + word : String(word)
                let path = word.hasSuffix(".") ? String(word.dropLast()) : word
                guard let trace = signals[path] else { continue }
                subject = trace.subject
                if !paths.contains(path) { paths.append(path) }
            }
        }
        self.paths = paths
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "-/.".contains(character)
    }
}
