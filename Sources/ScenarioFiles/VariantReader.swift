import Scenario
import YAMLReading

/// Reads the variants of a scenario: which values they change, and which expectations then fail.
struct VariantReader {
    private static let example = "{name: no-control, set: {controller.law: none}, fails: never feed-a/breaker.tripped}"

    /// The changes of every variant that has a name, without a word about mistakes.
    static func overrides(in root: YAMLValue) -> [(name: String, says: String, overrides: [ScenarioOverride])] {
        guard root.isMapping, let list = root.mapping()?.optional("variants"), list.isSequence else { return [] }
        return (list.list() ?? []).compactMap { item in
            guard item.isMapping, let mapping = item.mapping(), let name = mapping.optional("name")?.scalarText else {
                return nil
            }
            let says = mapping.optional("says")?.scalarText ?? ""
            guard let set = mapping.optional("set"), set.isMapping else { return (name, says, []) }
            return (name, says, overrides(set))
        }
    }

    private static func overrides(_ set: YAMLValue) -> [ScenarioOverride] {
        (set.mapping()?.entries ?? []).compactMap { entry in
            guard let path = entry.key.scalarText, entry.value.scalarText != nil else { return nil }
            return ScenarioOverride(path: path, value: entry.value)
        }
    }

    /// All variants of a scenario with these expectations; `expectations` is `nil` where they could not all be read.
    static func read(_ value: YAMLValue?, expectations: [ExpectationDefinition]?) -> [ScenarioVariant] {
        var names: [String] = []
        return (value?.list("a list of variants such as \(example)") ?? []).compactMap { item in
            guard let mapping = item.mapping("a variant such as \(example)") else { return nil }
            let name = readName(mapping.required("name"), &names)
            let says = mapping.optional("says")?.string("a sentence")
            let settings = readSettings(mapping.required("set"))
            let failing = readFailing(mapping.optional("fails"), expectations)
            mapping.finish()
            return ScenarioVariant(name: name ?? "", says: says ?? "", settings: settings, failing: failing)
        }
    }

    private static func readName(_ place: YAMLValue?, _ names: inout [String]) -> String? {
        guard let place, let name = place.string("a name") else { return nil }
        if !name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) {
            place.expected("a name of lower-case letters, digits and hyphens")
        }
        if names.contains(name) { place.problem("the variant \"\(name)\" stands twice; give each its own name") }
        names.append(name)
        return name
    }

    private static func readSettings(_ place: YAMLValue?) -> [(path: String, value: String)] {
        guard let place, let mapping = place.mapping("values by path such as {controller.law: none}") else { return [] }
        if mapping.entries.isEmpty { place.expected("values by path such as {controller.law: none}") }
        for entry in mapping.entries where entry.value.scalarText == nil { entry.value.expected("a single value") }
        return overrides(place).map { ($0.path, $0.value) }
    }

    /// Those of exactly these words; or, where there are none, those that begin like this, with or without their kind.
    private static func indices(of words: String, in expectations: [ExpectationDefinition]) -> [Int] {
        let exact = expectations.indices.filter { expectations[$0].title == words }
        guard exact.isEmpty else { return exact }
        return expectations.indices.filter {
            expectations[$0].title.hasPrefix(words) || expectations[$0].text.hasPrefix(words)
        }
    }

    /// One expectation, or a list of them, each as a run prints it or as that begins: `never feed-a/breaker.tripped`.
    private static func readFailing(_ place: YAMLValue?, _ expectations: [ExpectationDefinition]?) -> [Int] {
        guard let place else { return [] }
        let places = place.isSequence ? place.list() ?? [] : [place]
        let what = "an expectation such as \"never feed-a/breaker.tripped\""
        if places.isEmpty { place.expected(what) }
        return places.compactMap { place in
            guard let words = place.string(what), let expectations else { return nil }
            let titles = expectations.map(\.title)
            let found = indices(of: words, in: expectations)
            if found.isEmpty {
                let known = titles.map { "\"\($0)\"" }.joined(separator: ", ")
                place.problem("expected an expectation of this scenario (\(known)), found \"\(words)\"")
            } else if found.count > 1 {
                let known = found.map { "\"\(titles[$0])\"" }.joined(separator: ", ")
                place.problem("\"\(words)\" may be \(known); write the whole of one, or word one of them differently")
            }
            return found.first
        }
    }
}
