public import Scenario
internal import YAMLReading

/// What a list says of a scenario: read from its file alone, with none of the files that it names. Mistakes are not told:
/// what is wrong is left out.
public struct ScenarioHeading: Sendable {
    public struct Variant: Sendable {
        public var name: String
        public var says: String
        /// The expectations that fail, as the file writes them; empty when it holds.
        public var fails: [String]
    }

    public var says: String
    /// `nil` where it states none, or one that is none.
    public var group: ScenarioGroup?
    public var look: [String]
    public var variants: [Variant]

    /// `nil` when the file cannot be read.
    public init?(path: String) {
        guard case .success(let text) = ProjectFiles.text(at: path) else { return nil }
        let root = YAMLFile.root(of: text, log: ProblemLog(file: path))
        let mapping = root.flatMap { $0.isMapping ? $0.mapping() : nil }
        says = mapping?.optional("says")?.scalarText ?? firstComment(of: text)
        group = (mapping?.optional("group")?.scalarText).flatMap { ScenarioGroup(rawValue: $0) }
        look = Self.texts(mapping?.optional("look"))
        let list = mapping?.optional("variants").flatMap { $0.isSequence ? $0.list() : nil } ?? []
        variants = list.compactMap { item in
            guard item.isMapping, let fields = item.mapping(), let name = fields.optional("name")?.scalarText else {
                return nil
            }
            return Variant(
                name: name, says: fields.optional("says")?.scalarText ?? "",
                fails: Self.texts(fields.optional("fails")))
        }
    }

    /// A single text, or a list of them.
    private static func texts(_ value: YAMLValue?) -> [String] {
        guard let value else { return [] }
        guard value.isSequence else { return value.scalarText.map { [$0] } ?? [] }
        return (value.list() ?? []).compactMap(\.scalarText)
    }
}
