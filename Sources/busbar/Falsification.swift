internal import ArgumentParser
internal import Dispatch
internal import Foundation
internal import Scenario
internal import ScenarioFiles
internal import Swarm
internal import Synchronization

/// The search for a scenario's worst case, and what it prints.
struct Falsification: Sendable {
    let path: String
    let text: String
    let settings: [Assignment]
    let ranges: [ValueRange]
    let seed: UInt64
    let definition: ScenarioDefinition

    /// Points of the table per parameter; the ends, the middle and the quarters.
    private static let tableShares = [0.0, 0.25, 0.5, 0.75, 1.0]

    /// True when something failed.
    func run(limit: Int, until flag: InterruptFlag) throws(ExitCode) -> Bool {
        var search = ParameterSearch(start: startingShares, limit: limit, seed: seed)
        var progress = ProgressBar(title: definition.name, isVisible: StandardStreams.errorIsTerminal)
        while !flag.isRaised {
            let shares = search.ask()
            guard !shares.isEmpty else { break }
            let margins = evaluate(shares)
            search.tell(shares, margins.map { $0?.least?.relative })
            let best = search.best.map { SwarmSummary.number(($0.value ?? 0) * 100) } ?? "-"
            progress.show(Double(search.points.count) / Double(limit), note: "least margin \(best) %")
        }
        progress.clear()
        guard let found = search.best else {
            reportNoRun()
            throw ExitStatus.badInput
        }
        let (best, table) = explored(from: found)
        guard let worst = evaluate([best.shares])[0], let least = worst.least else {
            reportNoRun()
            throw ExitStatus.badInput
        }
        try StandardStreams.output(report(search, best, table, worst, least))
        return least.relative < 0
    }

    /// A parameter's places in the table, and what came out at each.
    private typealias TableRow = [(shares: [Double], margins: ScenarioMargins?)]

    /// The table around the worst case. Where one of its places is worse than that, the worst case is there: nothing in
    /// what is printed may be worse than what is called the worst.
    private func explored(from found: ParameterSearch.Point) -> (ParameterSearch.Point, [TableRow]) {
        var best = found
        while true {
            let table = table(around: best)
            let places = table.joined().compactMap { place in
                place.margins?.least.map { ParameterSearch.Point(shares: place.shares, value: $0.relative) }
            }
            guard let lower = places.min(by: { ($0.value ?? 0) < ($1.value ?? 0) }),
                (lower.value ?? 0) < (best.value ?? .infinity)
            else { return (best, table) }
            best = lower
        }
    }

    /// Why no run could be judged: the values made no scenario, or there was nothing to judge it by.
    private func reportNoRun() {
        let start = values(at: startingShares)
        let overrides = settings.map { (path: $0.path, value: $0.value) } + start
        let (_, problems) = ScenarioFile.read(
            text, file: path, overrides: overrides, files: ProjectFiles(root: ProjectRoot.folder(near: path)))
        guard !problems.isEmpty else {
            StandardStreams.error("\(path): no run could be judged; give the scenario an expectation")
            return
        }
        let words = start.map { "\($0.path) = \($0.value)" }.joined(separator: ", ")
        StandardStreams.error("\(path): no run could be judged; with \(words) it is wrong:")
        ScenarioLoading.report(problems)
    }

    /// Where the parameters stand by themselves; the middle for what has no default.
    private var startingShares: [Double] {
        ranges.map { range in
            guard let text = definition.parameters.first(where: { $0.name == range.path })?.value,
                let value = ValueRange(argument: "\(range.path)=\(text)..\(text)"), value.unit == range.unit,
                range.highest > range.lowest
            else { return 0.5 }
            return (value.lowest - range.lowest) / (range.highest - range.lowest)
        }
    }

    private func values(at shares: [Double]) -> [(path: String, value: String)] {
        ranges.enumerated().map { ($0.element.path, $0.element.text(at: shares[$0.offset])) }
    }

    /// Side by side, and in order. `nil` where the values make no scenario.
    private func evaluate(_ points: [[Double]]) -> [ScenarioMargins?] {
        let results = Mutex<[ScenarioMargins?]>(Array(repeating: nil, count: points.count))
        let files = ProjectFiles(root: ProjectRoot.folder(near: path))
        DispatchQueue.concurrentPerform(iterations: points.count) { index in
            let overrides = settings.map { (path: $0.path, value: $0.value) } + values(at: points[index])
            let (definition, problems) = ScenarioFile.read(text, file: path, overrides: overrides, files: files)
            guard let definition, problems.isEmpty else { return }
            let margins = ScenarioMargins(definition, seed: seed, version: BusbarVersion.text)
            results.withLock { $0[index] = margins }
        }
        return results.withLock { $0 }
    }

    private func report(
        _ search: ParameterSearch, _ best: ParameterSearch.Point, _ table: [TableRow], _ worst: ScenarioMargins,
        _ least: ScenarioMargins.Margin
    ) -> String {
        let verdict = least.relative < 0 ? "FAILED" : "held"
        let refused = search.points.count { $0.value == nil }
        var lines = ["\(definition.name)   \(search.points.count) runs, seed \(seed)"]
        if refused > 0 { lines.append("  \(refused) of them had values that make no scenario") }
        lines.append("worst case")
        for value in values(at: best.shares) { lines.append("  \(value.path) = \(value.value)") }
        lines.append("  \(verdict)  \(least.text)   \(least.explanation)")
        let assignments =
            (settings.map { "\($0.path)=\($0.value)" } + values(at: best.shares).map { "\($0.path)=\($0.value)" })
            .map { " --set \(RunCommand.quoted($0))" }.joined()
        lines.append("  busbar run \(RunCommand.quoted(path)) --seed \(seed)\(assignments)")
        lines.append("margins there")
        for margin in worst.margins.sorted(by: { $0.relative < $1.relative }) where !margin.unit.isEmpty {
            lines.append("  \(Self.cell(margin.margin, margin.unit, width: 14))\(margin.text)")
        }
        lines.append("how the least margin varies from there")
        return (lines + self.lines(of: table)).joined(separator: "\n")
    }

    /// By parameter: five places of its range, the others as in the worst case.
    private func table(around best: ParameterSearch.Point) -> [TableRow] {
        ranges.indices.map { index in
            let points = Self.tableShares.map { share in
                var shares = best.shares
                shares[index] = share
                return shares
            }
            return Array(zip(points, evaluate(points)))
        }
    }

    /// One line per parameter: the least margin at each place.
    private func lines(of table: [TableRow]) -> [String] {
        let width = (ranges.map(\.path.count).max() ?? 0) + 2
        return ranges.indices.flatMap { index -> [String] in
            let name = ranges[index].path.padding(toLength: width, withPad: " ", startingAt: 0)
            let heads = Self.tableShares.map { Self.padded(ranges[index].text(at: $0)) }.joined()
            let cells = table[index].map { place in
                Self.padded(place.margins?.least.map { "\(Self.short($0.margin)) \($0.unit)" } ?? "-")
            }
            return ["  \(name)\(heads)", "  \(String(repeating: " ", count: width))\(cells.joined())"]
        }
    }

    private static func padded(_ text: String) -> String {
        text.padding(toLength: max(14, text.count + 1), withPad: " ", startingAt: 0)
    }

    private static func cell(_ value: Double, _ unit: String, width: Int) -> String {
        let text = "\(short(value)) \(unit)"
        return text.padding(toLength: max(width, text.count + 1), withPad: " ", startingAt: 0)
    }

    private static func short(_ value: Double) -> String {
        value.magnitude >= 100 ? String(Int(value.rounded())) : SwarmSummary.number(value)
    }
}
