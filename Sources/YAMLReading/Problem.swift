/// A mistake in a file, with place and remedy.
public struct Problem: Hashable, Sendable {
    public var file: String
    /// From 1; 0 when the file as a whole is meant.
    public var line: Int
    public var column: Int
    /// `expected a power such as "5.5 kW", found "5,5 kW"`.
    public var text: String

    public init(file: String, line: Int, column: Int, text: String) {
        self.file = file
        self.line = line
        self.column = column
        self.text = text
    }
}

extension Problem: CustomStringConvertible {
    public var description: String {
        line > 0 ? "\(file):\(line):\(column): \(text)" : "\(file): \(text)"
    }
}

extension Problem: Comparable {
    public static func < (left: Problem, right: Problem) -> Bool {
        (left.file, left.line, left.column, left.text) < (right.file, right.line, right.column, right.text)
    }
}
