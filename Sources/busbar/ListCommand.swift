internal import ArgumentParser
internal import Foundation

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the shipped scenarios, racks, accelerators and device specs with what each shows.")

    func run() throws {
        let shelves = [
            ("Scenarios", "busbar run Scenarios/<name>.yaml"), ("Racks", "rack: <name> in a scenario"),
            ("Firmware-specs", "busbar spec show <name>"), ("Accelerators", "model: <name> in a rack"),
        ]
        for (index, (folder, use)) in shelves.enumerated() {
            if index > 0 { try StandardStreams.output("") }
            try StandardStreams.output("\(folder)   (\(use))")
            let entries = try Self.entries(of: folder)
            let width = entries.map(\.name.count).max() ?? 0
            for entry in entries {
                let name = entry.name.padding(toLength: width, withPad: " ", startingAt: 0)
                try StandardStreams.output("  \(name)  \(Self.wrapped(entry.says, indent: width + 4))")
            }
        }
    }

    private static func entries(of folder: String) throws -> [(name: String, says: String)] {
        let root = ProjectRoot.folder()
        let path = root.isEmpty ? folder : root + "/" + folder
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            StandardStreams.error("cannot read the folder \(path)")
            StandardStreams.error(
                ProjectRoot.advice() ?? "set \(ProjectRoot.variable) to the folder that holds \(folder)/")
            throw ExitStatus.inputOutput
        }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            (String(name.dropLast(5)), saying(of: path + "/" + name))
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
