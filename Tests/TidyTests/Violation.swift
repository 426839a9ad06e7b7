import Testing

/// A breach of a house rule: where, what, and what to do instead.
struct Violation: CustomStringConvertible, Sendable {
    var path: String
    /// From 1; 0 when the file as a whole is meant.
    var line: Int
    var what: String
    var instead: String

    init(_ path: String, line: Int = 0, _ what: String, instead: String) {
        self.path = path
        self.line = line
        self.what = what
        self.instead = instead
    }

    var description: String { "\(path)\(line > 0 ? ":\(line)" : ""): \(what). Instead: \(instead)" }
}

/// Records each violation as an issue of its own.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations { Issue.record("\(violation)", sourceLocation: sourceLocation) }
}
