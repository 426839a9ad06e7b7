public import Scenario
internal import YAMLReading

/// What a list says of a scenario: read from its file alone, with none of the files that it names.
public struct ScenarioHeading: Sendable {
    public var says: String
    /// `nil` where it states none, or one that is none.
    public var group: ScenarioGroup?

    /// `nil` when the file cannot be read.
    public init?(path: String) {
        guard case .success(let text) = ProjectFiles.text(at: path) else { return nil }
        let root = YAMLFile.root(of: text, log: ProblemLog(file: path))
        let mapping = root.flatMap { $0.isMapping ? $0.mapping() : nil }
        says = mapping?.optional("says")?.scalarText ?? firstComment(of: text)
        group = (mapping?.optional("group")?.scalarText).flatMap { ScenarioGroup(rawValue: $0) }
    }
}
