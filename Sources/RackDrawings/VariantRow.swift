import Scenario

/// A variant in words: what it shows, what it sets, and how it ends.
struct VariantRow {
    var name: String
    /// May be empty.
    var says: String
    /// `controller.law=none`.
    var settings: String
    /// `fails never feed-a/breaker.tripped`.
    var verdict: String

    var outcome: String { "\(settings): \(verdict)" }

    static func rows(of scenario: ScenarioDefinition) -> [VariantRow] {
        scenario.variants.map { variant in
            let settings = variant.settings.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")
            let verdict =
                variant.failing.isEmpty
                ? "holds" : "fails " + variant.failing.map { scenario.expectations[$0].title }.joined(separator: ", ")
            return VariantRow(name: variant.name, says: variant.says, settings: settings, verdict: verdict)
        }
    }
}
