internal import ArgumentParser
internal import RackDrawings
internal import Reports
internal import Scenario
internal import ScenarioFiles

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Draw a scenario before it runs, or a supernode: rack, buses, budgets, and what happens when.",
        discussion: """
            Prints the rack as an elevation with the units that sit on each bus, the buses, the budget tree, the work, the \
            timeline of events and expectations, what to look at, and the variants. Heights and the order of places are \
            those of the rack's file, not measured. A file of Supernodes/ is shown with what is told of the whole and what \
            its cabinets come to. Runs nothing.

            Exit codes: 0 drawn, 64 wrong usage, 65 the scenario or a file that it names is wrong, 74 a file cannot be read \
            or written.
            """)

    @Argument(help: "The scenario's file, such as Scenarios/first-light.yaml, or a supernode's.")
    var scenario: String

    @Option(help: ArgumentHelp("Write one picture with everything, in SVG.", valueName: "file"))
    var svg: String?

    @Option(help: ArgumentHelp("Write rack.svg, budgets.svg, time.svg and explain.txt there.", valueName: "folder"))
    var out: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set a parameter or any single value of the scenario, as in run.", valueName: "path=value"))
    var settings: [Assignment] = []

    @Option(help: ArgumentHelp("Draw this variant of the scenario.", valueName: "name"))
    var variant: String?

    func validate() throws {
        if svg?.isEmpty == true { throw ValidationError("--svg names no file") }
        if out?.isEmpty == true { throw ValidationError("--out names no folder") }
    }

    func run() throws {
        StandardStreams.occupyClosed()
        if SupernodeFile.isSupernode(path: scenario) {
            try explainSupernode()
            return
        }
        let definition = try ScenarioLoading.load(scenario, variant: variant, settings: settings)
        let text = ScenarioText(definition).text
        let pictures = ScenarioPictures(definition)
        do {
            if let svg {
                let (folder, name) = Self.split(svg)
                try OutputFolder(path: folder).write(pictures.all, as: name)
            }
            if let out {
                let folder = try OutputFolder(path: out)
                try folder.write(text + "\n", as: "explain.txt")
                try folder.write(pictures.rack, as: "rack.svg")
                try folder.write(pictures.budgets, as: "budgets.svg")
                try folder.write(pictures.time, as: "time.svg")
            }
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        try StandardStreams.output(text)
    }

    private func explainSupernode() throws {
        guard svg == nil, out == nil, variant == nil, settings.isEmpty else {
            throw ValidationError("a supernode is only told in words; explain a scenario on its rack for pictures")
        }
        let files = ProjectFiles(root: ProjectRoot.folder(near: scenario))
        let (supernode, problems) = SupernodeFile.load(path: scenario, files: files)
        guard let supernode else {
            ScenarioLoading.report(problems)
            StandardStreams.error(ScenarioLoading.count(problems.count, "mistake"))
            throw ScenarioLoading.status(of: problems)
        }
        try StandardStreams.output(SupernodeText(supernode).text)
    }

    /// A path as the folder and the name in it.
    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let folder = slash == path.startIndex ? "/" : String(path[..<slash])
        return (folder, String(path[path.index(after: slash)...]))
    }
}
