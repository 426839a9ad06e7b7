internal import ArgumentParser
internal import DeviceSpecs
internal import Foundation
internal import Reports
internal import SpecFiles
internal import YAMLReading

struct SpecDocCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doc", abstract: "Print devices as Markdown pages, or write a page for each.",
        discussion: """
            With --out, writes a page per device and README.md, the list of them by class, into a folder. Where the folder \
            holds classes/CLASS.md, the pages link to it. tools/docs writes docs/devices in this way.
            """)

    @Argument(
        help: ArgumentHelp(
            "Paths of specs, or names of models in Firmware-specs; all of Firmware-specs when left out.",
            valueName: "device"))
    var devices: [String] = []

    @Option(help: ArgumentHelp("Write a page for each device into this folder.", valueName: "folder"))
    var out: String?

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
    }

    func run() throws {
        let folder = SpecReporting.folder
        let names =
            devices.isEmpty ? try SpecReporting.reading { () throws(FileTrouble) in try folder.files() } : devices
        let specifications = try load(names)
        guard let out else {
            let pages = specifications.map { SpecDocument.markdown($0) }
            return try StandardStreams.output(pages.joined(separator: "\n"), terminator: "")
        }
        try write(specifications, into: out)
    }

    /// All devices, or every mistake of all of them.
    private func load(_ names: [String]) throws(ExitCode) -> [DeviceSpecification] {
        var specifications: [DeviceSpecification] = []
        var status: ExitCode?
        for name in names {
            do {
                specifications.append(try SpecReporting.device(name))
            } catch {
                // What is wrong outweighs what cannot be read.
                status = status == ExitStatus.badInput ? status : error
            }
        }
        if let status { throw status }
        return specifications
    }

    private func write(_ specifications: [DeviceSpecification], into path: String) throws {
        do {
            let folder = try OutputFolder(path: path)
            func hasClassPage(_ word: String) -> Bool {
                FileManager.default.fileExists(atPath: folder.path(of: "classes/\(word).md"))
            }
            for specification in specifications {
                let word = specification.deviceClass?.specWord
                let classPage = word.flatMap { hasClassPage($0) ? "classes/\($0).md" : nil }
                let head = "<!-- Written by tools/docs from the spec of \(specification.model); do not edit. -->\n\n"
                try folder.write(
                    head + SpecDocument.markdown(specification, classPage: classPage), as: "\(specification.model).md")
            }
            try folder.write(SpecIndex.markdown(specifications, hasClassPage: hasClassPage), as: "README.md")
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        try StandardStreams.output("\(ScenarioLoading.count(specifications.count, "page")) in \(path)")
    }
}
