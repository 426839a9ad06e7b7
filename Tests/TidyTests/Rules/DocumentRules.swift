/// Pages, decision records, scenario files and the lists that scripts keep.
enum DocumentRules {
    /// Relative links of a Markdown page that lead nowhere.
    static func linkViolations(in page: HouseFile, exists: (String) -> Bool) -> [Violation] {
        let folder = page.path.split(separator: "/").dropLast()
        return page.lines.enumerated().flatMap { index, line in
            String(line).components(after: "](").map { String($0.prefix { $0 != ")" && $0 != "#" }) }
                .filter { !$0.isEmpty && !$0.contains(":") }
                .filter { !exists(resolved($0, from: folder.map(String.init))) }
                .map {
                    Violation(
                        page.path, line: index + 1, "a link to \($0), which does not exist",
                        instead: "the present path, relative to the page")
                }
        }
    }

    private static func resolved(_ link: String, from folder: [String]) -> String {
        var parts = folder
        for part in link.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return parts.joined(separator: "/")
    }

    /// The first line of a scenario says what it shows.
    static func scenarioViolations(in scenario: HouseFile) -> [Violation] {
        let first = scenario.lines.first ?? ""
        guard !first.hasPrefix("# ") || first.split(separator: " ").count < 5 else { return [] }
        return [
            Violation(
                scenario.path, line: 1, "the first line does not say what the scenario shows",
                instead: "a comment in one sentence: # A fan stands still: the others make up for it.")
        ]
    }

    static let decisionHeadings = ["## Context", "## Choice", "## Rejected", "## Consequences"]

    /// Decision records are numbered without gaps and have the four parts.
    static func decisionViolations(in records: [HouseFile]) -> [Violation] {
        records.enumerated().flatMap { index, record -> [Violation] in
            let digits = String(index + 1)
            let number = String(repeating: "0", count: 4 - digits.count) + digits
            var found: [Violation] = []
            if !record.name.hasPrefix("\(number)-") {
                found.append(
                    Violation(
                        record.path, "expected the number \(number)", instead: "number decision records without gaps"))
            }
            let lines = record.lines
            for heading in decisionHeadings where !lines.contains(where: { $0 == heading }) {
                found.append(
                    Violation(record.path, "no part \"\(heading)\"", instead: "the four parts, each a few sentences"))
            }
            return found
        }
    }

    /// The table of floors in ARCHITECTURE.md has a line for every room.
    static func floorTableViolations(in page: HouseFile, rooms: [Room] = House.rooms) -> [Violation] {
        rooms.filter { room in
            !page.lines.contains { $0.hasPrefix("| \(room.floor) | `\(room.name)` | ") }
        }.map { room in
            Violation(
                page.path, "no line for \(room.name) on floor \(room.floor)",
                instead: "a line of the table of floors: | \(room.floor) | `\(room.name)` | its job | its imports |")
        }
    }

    /// The embedded check compiles exactly the rooms of floor 0.
    static func embeddedListViolations(in script: HouseFile, rooms: [Room] = House.rooms) -> [Violation] {
        let expected = "modules=(" + rooms.filter { $0.floor == 0 }.map(\.name).joined(separator: " ") + ")"
        guard !script.lines.contains(where: { $0 == expected }) else { return [] }
        return [
            Violation(
                script.path, "it does not compile exactly the rooms of floor 0", instead: "the line \(expected)")
        ]
    }
}
