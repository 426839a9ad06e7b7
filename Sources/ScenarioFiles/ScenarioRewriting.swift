import Scenario
import YAMLReading

/// A scenario's text with other events, for what a search found: ready to be read again and to be kept.
public enum ScenarioRewriting {
    /// What takes the place of the scenario's own.
    public struct Replacement: Sendable {
        /// Lines of the comment at the top, without its marks; the first says what the scenario shows.
        public var comment: [String]
        /// As the file writes them.
        public var duration: String
        public var seed: UInt64
        public var safety: String
        /// Each in flow style: `{at: 2 s, fail: shelf-1/psu-3}`.
        public var events: [String]

        public init(comment: [String], duration: String, seed: UInt64, safety: String, events: [String]) {
            self.comment = comment
            self.duration = duration
            self.seed = seed
            self.safety = safety
            self.events = events
        }
    }

    /// Keys of the scenario that the replacement states, or that have no meaning beside it.
    private static let replaced = [
        "parameters", "says", "group", "look", "duration", "seed", "events", "expect", "variants", "swarm", "safety",
    ]

    /// The text, with parameters and overrides in place; `nil` when the original is not readable. It is to be written at
    /// `destination`: relative paths in it lead from there to where they led from the original, so that the folder of both can
    /// be moved, and racks of the project's `files` are named.
    public static func text(
        of original: String, file: String, overrides: [(path: String, value: String)], with replacement: Replacement,
        writtenTo destination: String, files: ProjectFiles
    ) -> String? {
        let log = ProblemLog(file: file)
        guard let root = YAMLFile.root(of: original, log: log) else { return nil }
        let settled = ParameterReader(root: root, overrides: overrides.map(ScenarioOverride.init(assigned:))).settle()
        let rooted = settled.replacingScalars { relocated($0.scalarText ?? "", from: file, to: destination, files) }
        guard let kept = rooted.text(leavingOut: replaced) else { return nil }
        var text = replacement.comment.map { "# \($0)\n" }.joined()
        text += kept
        text += "duration: \(replacement.duration)\nseed: \(replacement.seed)\nsafety: \(replacement.safety)\n"
        if !replacement.events.isEmpty {
            text += "events:\n" + replacement.events.map { "  - \($0)\n" }.joined()
        }
        return text
    }

    /// For a relative path of a file that is there: the name of a rack of the project, or the path from the destination's
    /// folder; `nil` for everything else.
    private static func relocated(
        _ word: String, from file: String, to destination: String, _ files: ProjectFiles
    ) -> String? {
        guard [".yaml", ".yml", ".csv"].contains(where: word.hasSuffix), !word.hasPrefix("/") else { return nil }
        let path = ProjectFiles.path(word, relativeTo: file)
        guard ProjectFiles.exists(path) else { return nil }
        let name = RackFile.name(of: path)
        if word.hasSuffix(".yaml"), ProjectFiles.resolved(path) == ProjectFiles.resolved(files.path(ofRack: name)) {
            return name
        }
        return ProjectFiles.path(to: path, fromFolderOf: destination)
    }
}
