internal import ArgumentParser
internal import BillFiles
internal import Delivery
internal import Foundation
internal import Reports
internal import Scenario
internal import ScenarioFiles
internal import YAMLReading

struct BringUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bringup",
        abstract: "Say when the racks of an order can be energised, and what they wait for.",
        discussion: """
            Reads a bill of the rack's control components with their suppliers, lead times, stock and second sources, draws \
            many futures from it, and prints the days by which each rack is energised in one, five and nine of ten futures \
            (P10, P50, P90), the parts that racks wait for, and what second sources change: each way of buying meets the \
            same futures. Writes bringup.html and bringup.json into the output folder. docs/delivery.md has the format.

            Exit codes: 0 the forecast was made, and all racks make the day by which they are wanted at P90, 1 they do not, \
            64 wrong usage, 65 the rack or the bill is wrong, 74 a file cannot be read or written.
            """)

    @Argument(help: "Path of a rack, or its name in Racks.")
    var rack: String

    @Option(help: ArgumentHelp("The bill, such as Bills/air-cooled-64.yaml.", valueName: "file"))
    var bom: String

    @Option(help: ArgumentHelp("Racks to be ordered, in place of the bill's number.", valueName: "number"))
    var racks: Int?

    @Option(help: ArgumentHelp("Seed of the futures, a whole number from 0.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Futures to draw, 1 to 1000000.", valueName: "number"))
    var samples = 10_000

    @Option(help: ArgumentHelp("Output folder (default: runs/bringup).", valueName: "folder"))
    var out: String?

    @Flag(help: "Print the forecast as one JSON document, and nothing else, on standard output.")
    var json = false

    func validate() throws {
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
        guard (1...1_000_000).contains(samples) else { throw ValidationError("--samples is 1 to 1000000") }
        if let racks, !(1...1000).contains(racks) { throw ValidationError("--racks is 1 to 1000") }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        var bill = try load()
        if let racks { bill.order.racks = racks }
        let folder = try openFolder()
        let forecast = BringUpCampaign(bill, seed: seed, samples: samples).forecast()
        try write(forecast, to: folder)
        if forecast.isInTime == false { throw ExitStatus.failed }
    }

    /// The bill, or every mistake of it and of the rack.
    private func load() throws(ExitCode) -> BillOfParts {
        let files = ProjectFiles(root: ProjectRoot.folder(near: SpecReporting.isPath(rack) ? rack : nil))
        let path = SpecReporting.isPath(rack) ? rack : files.path(ofRack: rack)
        let (definition, mistakes) = RackFile.load(path: path, files: files)
        let (bill, more) = BillFile.load(path: bom, rack: definition, files: files)
        let problems = mistakes + more.filter { !mistakes.contains($0) }
        if let bill, problems.isEmpty { return bill }
        ScenarioLoading.report(problems)
        StandardStreams.error("\(ScenarioLoading.count(problems.count, "mistake")); nothing was written")
        if let advice = ProjectRoot.advice(near: path) { StandardStreams.error(advice) }
        throw ScenarioLoading.status(of: problems)
    }

    private func openFolder() throws(ExitCode) -> OutputFolder {
        do {
            return try OutputFolder(path: out ?? "runs/bringup")
        } catch {
            StandardStreams.error("\(error)")
            StandardStreams.error("nothing was written; choose another folder with --out")
            throw ExitStatus.inputOutput
        }
    }

    private var repeatingCommand: String {
        let number = racks.map { " --racks \($0)" } ?? ""
        return "busbar bringup \(RunCommand.quoted(rack)) --bom \(RunCommand.quoted(bom)) --seed \(seed) "
            + "--samples \(samples)\(number)"
    }

    private func write(_ forecast: DeliveryForecast, to folder: OutputFolder) throws {
        let document = try DeliveryFile.json(
            for: forecast, command: repeatingCommand, version: BusbarVersion.text)
        let page = DeliveryPage.html(for: forecast, command: repeatingCommand, version: BusbarVersion.text)
        if json {
            try StandardStreams.output(document, terminator: "")
        } else {
            try StandardStreams.output(BringUpText(forecast).text)
        }
        do {
            try folder.write(document, as: "bringup.json")
            try folder.write(page, as: "bringup.html")
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        if !json { try StandardStreams.output("report \(folder.path(of: "bringup.html"))") }
    }
}
