/// What no text of the project holds, be it code, comment, script or page.
enum TextRules {
    // Written in parts, so that this file does not hold them.
    static let openEnds = ["TO" + "DO", "FIX" + "ME"]
    static let machinePaths = ["work", "root", "home", "Users"].map { "/" + $0 + "/" }

    static func violations(in file: HouseFile) -> [Violation] {
        file.lines.enumerated().flatMap { index, line -> [Violation] in
            let open = openEnds.filter { line.contains($0) }.map {
                Violation(
                    file.path, line: index + 1, "an open end: \($0)",
                    instead: "do it now, or write down in ARCHITECTURE.md or an issue what is not supported and why")
            }
            let paths = machinePaths.filter { stands($0, asPathIn: line) }.map {
                Violation(
                    file.path, line: index + 1, "a path of one machine: \($0)…",
                    instead: "a path relative to the root of the repository")
            }
            return open + paths
        }
    }

    /// Whether a path begins with `folder` in the line; a folder of that name further down, or on the web, does not.
    private static func stands(_ folder: String, asPathIn line: Substring) -> Bool {
        String(line).ranges(of: folder).contains { range in
            guard range.lowerBound > line.startIndex else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || "-_.~}".contains(before))
        }
    }
}
