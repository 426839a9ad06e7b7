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
            if index > 0 { print() }
            print("\(folder)   (\(use))")
            let entries = try Self.entries(of: folder)
            let width = entries.map(\.name.count).max() ?? 0
            for entry in entries {
                print("  \(entry.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(entry.says)")
            }
        }
    }

    private static func entries(of folder: String) throws -> [(name: String, says: String)] {
        let path = ProjectRoot.folder + "/" + folder
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            StandardStreams.error("\(path): cannot be read; set BUSBAR_ROOT to the folder that holds \(folder)/")
            throw ExitStatus.inputOutput
        }
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            (String(name.dropLast(5)), saying(of: path + "/" + name))
        }
    }

    /// The first line of the file when it is a comment.
    private static func saying(of path: String) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
            let line = text.split(separator: "\n").first, line.hasPrefix("#")
        else { return "" }
        return line.drop { $0 == "#" || $0 == " " }.description
    }
}
