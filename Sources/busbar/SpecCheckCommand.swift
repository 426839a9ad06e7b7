internal import ArgumentParser
internal import DeviceSpecs
internal import SpecFiles
internal import YAMLReading

struct SpecCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report every mistake in specs, with place and remedy.")

    @Argument(help: ArgumentHelp("Specs to check; all of Firmware-specs when left out.", valueName: "device"))
    var devices: [String] = []

    func run() throws {
        let folder = SpecReporting.folder
        let names =
            devices.isEmpty ? try SpecReporting.reading { () throws(FileTrouble) in try folder.files() } : devices
        var mistakes = 0
        var unreadable = false
        for name in names {
            switch Self.load(name, in: folder) {
            case .success((let specification, let problems)):
                ScenarioLoading.report(problems)
                mistakes += problems.count
                guard let specification else { continue }
                let path = SpecReporting.isPath(name) ? name : folder.file(ofModel: name)
                try StandardStreams.output(Self.line(path, specification))
            case .failure(let trouble):
                StandardStreams.error("\(trouble)")
                unreadable = true
            }
        }
        if mistakes > 0 {
            StandardStreams.error(ScenarioLoading.count(mistakes, "mistake"))
            throw ExitStatus.badInput
        }
        if unreadable { throw ExitStatus.inputOutput }
    }

    private static func load(
        _ name: String, in folder: SpecFolder
    ) -> Result<(DeviceSpecification?, [Problem]), FileTrouble> {
        Result { () throws(FileTrouble) in
            SpecReporting.isPath(name) ? try SpecFile.load(path: name, library: folder) : try folder.load(model: name)
        }
    }

    private static func line(_ path: String, _ specification: DeviceSpecification) -> String {
        let bound = specification.points.count { specification.signalName(of: $0) != nil }
        return "\(path): \(specification.deviceClass?.specWord ?? "unclassified") \(specification.model), "
            + "\(specification.points.count) points, \(bound) bound to signals"
    }
}
