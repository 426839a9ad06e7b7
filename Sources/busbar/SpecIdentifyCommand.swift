internal import ArgumentParser
internal import DeviceSpecs
internal import ModbusMaster
internal import SpecFiles
internal import Units
internal import YAMLReading

struct SpecIdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify",
        abstract: "Ask a real device who it is, and say which specs are its own.",
        discussion: """
            Reads the identification objects (function 43/14) and the register that each spec names as its probe; nothing \
            is written. A spec with a probe is told by that, one without by vendor and product of function 43/14; each line \
            says which evidence it was, and what the other says against it. With DEVICE, says whether the device is of that \
            type, and which it is of if it is not.

            Exit codes: 0 the device is of the type that was named, or of one in Firmware-specs; 1 it is not; 64 usage; \
            65 mistakes in the spec that was named; 74 a file cannot be read, the place cannot be opened, or nothing answers.
            """)

    @Argument(
        help: ArgumentHelp(
            "The type that it should be: a path of a spec, or a model in Firmware-specs.", valueName: "device"))
    var device: String?

    @Option(help: ArgumentHelp("Where it is: \(DevicePlace.forms).", valueName: "place"))
    var at: DevicePlace

    @Option(help: ArgumentHelp("Its unit identifier, 1 to 255.", valueName: "number"))
    var unit: UInt8

    @Option(
        help: ArgumentHelp("Milliseconds after which an answer counts as missing, 1 to 60000.", valueName: "number"))
    var timeout: Int64 = 500

    func validate() throws {
        if unit == 0 { throw ValidationError("--unit is 1 to 255") }
        guard (1...60_000).contains(timeout) else { throw ValidationError("--timeout is 1 to 60000") }
    }

    func run() throws {
        let wanted = try device.map { name throws(ExitCode) in try SpecReporting.device(name) }
        var candidates = try Self.shipped()
        if let wanted { candidates = [wanted] + candidates.filter { $0.model != wanted.model } }
        let interview = try open()
        let identity = interview.identity()
        let isSilent = identity.allSatisfy { $0 == .silence }
        // Who is silent twice over is not asked for every spec there is.
        let findings =
            isSilent && Self.isSilent(candidates, interview)
            ? [] : Self.findings(candidates, interview, name: ToldName(identity))
        guard findings.contains(where: { $0.probe != nil && $0.probe != .silence }) || !isSilent else {
            let trouble = interview.trouble.isEmpty ? "" : " (\(interview.trouble))"
            StandardStreams.error("unit \(unit) at \(at.endpoint): no answer within \(timeout) ms\(trouble)")
            throw ExitStatus.inputOutput
        }
        try StandardStreams.output("unit \(unit) at \(at.endpoint): \(Self.words(of: identity))")
        let width = findings.map(\.specification.model.count).max() ?? 0
        for finding in findings {
            let model = finding.specification.model
            let gap = String(repeating: " ", count: width - model.count)
            let verdictGap = String(repeating: " ", count: 6 - finding.verdict.rawValue.count)
            try StandardStreams.output("  \(finding.verdict.rawValue)\(verdictGap)  \(model)\(gap)  \(finding.words)")
        }
        try conclude(wanted, findings)
    }

    /// The specs of the project's folder. One with mistakes is left out, and said to be: the device in hand may well be
    /// another's.
    private static func shipped() throws(ExitCode) -> [DeviceSpecification] {
        let folder = SpecReporting.folder
        let paths = try SpecReporting.reading { () throws(FileTrouble) in try folder.files() }
        var specifications: [DeviceSpecification] = []
        for path in paths {
            let (specification, problems) = try SpecReporting.reading { () throws(FileTrouble) in
                try SpecFile.load(path: path)
            }
            if let specification {
                specifications.append(specification)
            } else {
                StandardStreams.error(
                    "warning: \(path) is left out, it has \(problems.count) mistake\(problems.count == 1 ? "" : "s"); see "
                        + "busbar spec check \(path)")
            }
        }
        return specifications
    }

    private func open() throws(ExitCode) -> DeviceInterview {
        do {
            return try DeviceInterview(at, unit: unit, timeout: .milliseconds(timeout))
        } catch {
            for cause in error.causes {
                StandardStreams.error("\(cause.place): cannot \(cause.attempted): \(cause.reason); \(cause.remedy)")
            }
            throw ExitStatus.inputOutput
        }
    }

    /// A mismatch is told with what to do about it.
    private func conclude(_ wanted: DeviceSpecification?, _ findings: [IdentityEvidence]) throws(ExitCode) {
        let matches = findings.filter { $0.verdict == .match }.map(\.specification.model)
        guard let wanted, !matches.contains(wanted.model) else {
            if matches.isEmpty {
                StandardStreams.error(
                    "no spec in \(SpecReporting.folder.path) is its own; write one, or import its map")
                throw ExitStatus.failed
            }
            return
        }
        let remedy =
            matches.isEmpty
            ? "no other spec there is its own either; look at the unit and the place"
            : "it is a \(matches.joined(separator: ", ")): name that in the rack, or put a \(wanted.model) in its place"
        let found = findings.first { $0.specification.model == wanted.model }?.words ?? ""
        StandardStreams.error("\(wanted.model): \(found); \(remedy)")
        throw ExitStatus.failed
    }

    private static func isSilent(_ candidates: [DeviceSpecification], _ interview: DeviceInterview) -> Bool {
        let first = candidates.lazy.compactMap { specification in
            specification.probe.map { specification.points[$0.point].definition }
        }.first
        return first.map { interview.text(of: $0) == .silence } ?? true
    }

    private static func findings(
        _ candidates: [DeviceSpecification], _ interview: DeviceInterview, name: ToldName
    ) -> [IdentityEvidence] {
        candidates.map { specification in
            let point = specification.probe.map { specification.points[$0.point].definition }
            return IdentityEvidence(
                specification: specification, probe: point.map { interview.text(of: $0) }, name: name)
        }
    }

    private static func words(of identity: [DeviceInterview.Answer]) -> String {
        let name = ToldName(identity)
        guard name.isTold else { return "does not tell its name (function 43/14: \(identity[0].words))" }
        return "\(name.vendor ?? "") \(name.product ?? ""), revision \(name.revision ?? "not told")"
    }
}
