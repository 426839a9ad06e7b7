internal import ArgumentParser
internal import ControlLoop
internal import Plant
internal import RackControl
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Units
internal import YAMLReading

/// What a controller of real buses is to do: the rack, its settings, and where its budget comes from. Made only when
/// everything in it is good; otherwise every mistake is on the error stream and the exit code is thrown.
struct ControlInput {
    let rack: RackDefinition
    let settings: ControllerSettings
    private(set) var plan: ControlPlan
    let budgetFile: BudgetFile?

    init(_ command: ControlCommand) throws(ExitCode) {
        let isRack = RackFile.isRack(path: command.rack)
        let (rack, policies, written) = try isRack ? Self.rack(command.rack) : Self.scenario(command.rack)
        budgetFile = command.budgetFile.map { path in
            BudgetFile(
                path: path, lease: command.budgetLease.interval, fallback: command.budget?.power,
                parse: PowerOption.power)
        }
        let budget = try Self.budget(command, budgetFile, written)
        var settings = written ?? .typical(budget: budget, trays: policies)
        settings.budget = budget
        settings.law = command.law ?? settings.law
        settings.redundancy = command.redundancy ?? settings.redundancy
        settings.period = command.period?.interval ?? settings.period
        try Self.check(settings, isFixed: command.budgetFile == nil)
        var configuration = ControllerConfiguration(settings)
        configuration.isDryRun = command.dryRun
        guard
            let plan = ControlPlan(
                rack: rack, trayNames: rack.plant.trays.map(\.name),
                inventory: ControllerInventory(rack, policies: policies), configuration: configuration)
        else { preconditionFailure("a rack for control has a place for every device") }
        self.rack = rack
        self.settings = settings
        self.plan = plan
    }

    /// It begins in another's place, and perhaps long after its files were read: what the breakers have borne meanwhile nobody
    /// tells, and what the rack may draw is read again.
    mutating func takeOver() {
        plan.configuration.load.heatAtStart = LoadConfiguration.heatAtTakeOver
        budgetFile?.look()
    }

    private typealias Loaded = (rack: RackDefinition, policies: [TrayPolicy], settings: ControllerSettings?)

    private static func rack(_ path: String) throws(ExitCode) -> Loaded {
        let files = ProjectFiles(root: ProjectRoot.folder(near: path))
        let (loaded, problems) = RackFile.loadForControl(path: path, files: files)
        guard let loaded, problems.isEmpty else { throw refuse(problems, path) }
        return (loaded.definition, loaded.policies, nil)
    }

    private static func scenario(_ path: String) throws(ExitCode) -> Loaded {
        let files = ProjectFiles(root: ProjectRoot.folder(near: path))
        let (loaded, problems) = ScenarioFile.load(path: path, files: files, needsEndpoints: true)
        guard let loaded, problems.isEmpty else { throw refuse(problems, path) }
        StandardStreams.error(
            "\(path): a scenario: its rack and its controller hold; its workload, events and expectations do not")
        return (loaded.rack, loaded.controller.trays, loaded.controller)
    }

    private static func refuse(_ problems: [Problem], _ path: String) -> ExitCode {
        ScenarioLoading.report(problems)
        StandardStreams.error(
            "\(ScenarioLoading.count(problems.count, "mistake")); nothing was asked, nothing was written")
        if let advice = ProjectRoot.advice(near: path) { StandardStreams.error(advice) }
        return ScenarioLoading.status(of: problems)
    }

    /// The budget at the start: the file's, or the one that is typed, or the scenario's.
    private static func budget(
        _ command: ControlCommand, _ file: BudgetFile?, _ settings: ControllerSettings?
    ) throws(ExitCode) -> Power {
        let typed = command.budget?.power ?? settings?.budget
        guard let file else {
            if let typed { return typed }
            StandardStreams.error(
                "a rack file has no budget: name one with --budget 27.5kW, or the file that holds it with --budget-file"
            )
            throw ExitStatus.usage
        }
        if case .budget(let power, _, _) = file.look() { return power }
        for complaint in file.takeComplaints() { StandardStreams.error(complaint) }
        if let typed { return typed }
        StandardStreams.error("there is no budget to begin with; mend the file, or name one beside it with --budget")
        throw ExitStatus.badInput
    }

    private static func check(_ settings: ControllerSettings, isFixed: Bool) throws(ExitCode) {
        var mistakes: [String] = []
        let floors = settings.trays.reduce(Power.zero) { $0 + $1.floor }
        if isFixed, settings.law != .none, settings.budget < floors {
            mistakes.append(
                "expected a budget of at least \(floors.words), the sum of the trays' floors, found "
                    + "\(settings.budget.words); raise the budget or lower the floors in the rack")
        }
        if settings.deviceWatchdog > .zero, settings.deviceWatchdog < settings.period * 2 {
            mistakes.append(
                "expected a period of at most half the device-watchdog of \(IntervalOption(settings.deviceWatchdog).text), "
                    + "found \(IntervalOption(settings.period).text); the devices would fall back between two cycles")
        }
        for mistake in mistakes { StandardStreams.error(mistake) }
        if !mistakes.isEmpty { throw ExitStatus.badInput }
    }
}
