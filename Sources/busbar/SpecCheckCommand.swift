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
            let path = SpecReporting.isPath(name) ? name : folder.file(ofModel: name)
            do throws(FileTrouble) {
                let (specification, problems) =
                    SpecReporting.isPath(name) ? try SpecFile.load(path: path) : try folder.load(model: name)
                SpecReporting.print(problems)
                mistakes += problems.count
                if let specification { print(Self.line(path, specification)) }
            } catch {
                SpecReporting.complain("busbar: \(error)")
                unreadable = true
            }
        }
        if mistakes > 0 {
            SpecReporting.complain("\(mistakes) \(mistakes == 1 ? "mistake" : "mistakes")")
            throw SpecReporting.badData
        }
        if unreadable { throw SpecReporting.badFile }
    }

    private static func line(_ path: String, _ specification: DeviceSpecification) -> String {
        let bound = specification.points.count { specification.signalName(of: $0) != nil }
        return "\(path): \(specification.deviceClass?.specWord ?? "unclassified") \(specification.model), "
            + "\(specification.points.count) points, \(bound) bound to signals"
    }
}
