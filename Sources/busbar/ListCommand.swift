internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import ScenarioFiles

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "List the shipped scenarios by group, racks, device specs, accelerators, supernodes and bills.")

    @Flag(help: "Print the scenarios as a page in Markdown, with their variants: docs/scenarios.md.")
    var markdown = false

    func run() throws {
        if markdown {
            try StandardStreams.output(ScenarioCatalogue.page(try Self.headings()), terminator: "")
            return
        }
        try listScenarios()
        let shelves = [
            ("Racks", "rack: <name> in a scenario"), ("Firmware-specs", "busbar spec show <name>"),
            ("Accelerators", "model: <name> in a rack"), ("Supernodes", "busbar explain Supernodes/<name>.yaml"),
            ("Bills", "busbar bringup <rack> --bom Bills/<name>.yaml"),
        ]
        for (folder, use) in shelves {
            try StandardStreams.output("\n\(folder)   (\(use))")
            try list(try Self.entries(of: folder))
        }
    }

    /// In the order of the groups; what belongs to none comes last.
    private func listScenarios() throws {
        let entries = try Self.entries(of: "Scenarios")
        try StandardStreams.output(
            "Scenarios   (busbar explain Scenarios/<name>.yaml, busbar run Scenarios/<name>.yaml)")
        let width = entries.map(\.name.count).max() ?? 0
        for group in ScenarioGroup.allCases.map(Optional.some) + [nil] {
            let own = entries.filter { $0.group == group }
            if own.isEmpty { continue }
            try StandardStreams.output("\n  \(group?.title ?? "Others")")
            try list(own, width: width)
        }
    }

    private func list(_ entries: [Entry], width: Int? = nil) throws {
        let width = width ?? entries.map(\.name.count).max() ?? 0
        for entry in entries {
            let name = entry.name.padding(toLength: width, withPad: " ", startingAt: 0)
            try StandardStreams.output("  \(name)  \(Self.wrapped(entry.says, indent: width + 4))")
        }
    }

    private struct Entry {
        var name: String
        var says: String
        var group: ScenarioGroup?
    }

    private static func headings() throws -> [(name: String, heading: ScenarioHeading)] {
        let root = ProjectRoot.folder()
        return try entries(of: "Scenarios").compactMap { entry in
            ScenarioHeading(path: (root.isEmpty ? "" : root + "/") + "Scenarios/\(entry.name).yaml").map {
                (entry.name, $0)
            }
        }
    }

    private static func entries(of folder: String) throws -> [Entry] {
        let root = ProjectRoot.folder()
        let path = root.isEmpty ? folder : root + "/" + folder
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            StandardStreams.error("cannot read the folder \(path)")
            StandardStreams.error(
                ProjectRoot.advice() ?? "set \(ProjectRoot.variable) to the folder that holds \(folder)/")
            throw ExitStatus.inputOutput
        }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            let file = path + "/" + name
            return Entry(
                name: String(name.dropLast(5)), says: saying(of: file),
                group: folder == "Scenarios" ? ScenarioHeading(path: file)?.group : nil)
        }
    }

    /// The first sentence of the comment at the head of the file.
    private static func saying(of path: String) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return "(cannot be read)" }
        let head = text.split(separator: "\n").prefix { $0.hasPrefix("#") }
        let comment = head.map { $0.drop { $0 == "#" || $0 == " " } }.joined(separator: " ")
        guard let end = comment.range(of: ". ") else { return comment }
        return comment[..<end.lowerBound] + "."
    }

    /// On a terminal the text goes on under its beginning; in a file or a pipe it stays one line.
    private static func wrapped(_ text: String, indent: Int) -> String {
        guard let columns = StandardStreams.columns(of: .standardOutput), columns > indent + 20 else { return text }
        var lines = [""]
        for word in text.split(separator: " ") {
            let fits = indent + lines[lines.count - 1].count + 1 + word.count < columns
            if lines[lines.count - 1].isEmpty || fits {
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}
