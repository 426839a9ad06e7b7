internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import RackControl
internal import RealTime
internal import RunRecords
internal import Scenario
internal import Units

/// What a controlled rack leaves: the lines for people and the result for programs.
struct ControlSummary {
    let input: ControlInput
    let outcome: ScanOutcome
    /// By channel.
    let health: [ChannelHealth]
    let tap: FrameTap
    let safeState: SafeStateText
    let granted: [String]
    let reporter: ControlReporter
    let record: ControlRecord

    private var seconds: Double { Double((outcome.endedAt - outcome.startedAt).rawValue) / 1e9 }

    func text(result path: String) -> String {
        var lines = ["\(input.plan.rackName)   on real buses for \(String(format: "%.1f", seconds)) s"]
        let buses = input.plan.inventory.buses.indices.map(row)
        let width = buses.map(\.name.count).max() ?? 0
        lines += buses.map { "  \($0.name.padding(toLength: width, withPad: " ", startingAt: 0))   \($0.text)" }
        lines.append(reporter.census)
        lines += safeState.lines
        let isDryRun = input.plan.configuration.isDryRun
        lines.append(
            "caps \(isDryRun ? "that would be written" : "written") \(outcome.counters.capsWritten)   cycles \(outcome.cycles)   late cycles \(outcome.lateCycles)"
                + "   skipped releases \(outcome.skippedReleases)")
        lines.append(Self.row("wake-up", outcome.wakeUp))
        lines.append(Self.row("scan   ", outcome.scan))
        lines.append(Self.row("cycle  ", outcome.cycle))
        if !granted.isEmpty { lines.append("granted \(granted.joined(separator: ", "))") }
        lines.append("result \(path)")
        return lines.joined(separator: "\n")
    }

    private func row(_ bus: Int) -> (name: String, text: String) {
        let sum = health(ofBus: bus)
        return (
            input.plan.inventory.buses[bus].name,
            "requests \(sum.requests)   time-outs \(sum.timeouts)   exceptions \(sum.exceptions)   "
                + "bad frames \(sum.badFrames + sum.mismatches)   reconnects \(sum.reconnects)   "
                + "late answers \(sum.lateAnswers)"
        )
    }

    private static func row(_ name: String, _ summary: LatencySummary) -> String {
        func text(_ interval: Interval) -> String { "\(interval.rawValue / 1000) us" }
        return "\(name)   p50 \(text(summary.median))   p99 \(text(summary.p99))   p99.9 \(text(summary.p999))   "
            + "max \(text(summary.greatest))   count \(summary.count)"
    }

    private func health(ofBus bus: Int) -> ChannelHealth {
        var sum = ChannelHealth()
        for (index, channel) in input.plan.channels.enumerated() where channel.bus == bus {
            sum.requests += health[index].requests
            sum.timeouts += health[index].timeouts
            sum.exceptions += health[index].exceptions
            sum.badFrames += health[index].badFrames
            sum.mismatches += health[index].mismatches
            sum.lateAnswers += health[index].lateAnswers
            sum.reconnects += health[index].reconnects
        }
        return sum
    }

    // MARK: For programs

    func result(command: String) -> RunResult {
        RunResult(
            scenario: input.plan.rackName, says: input.rack.says, version: BusbarVersion.text, seed: 0,
            duration: seconds, reached: seconds, wallSeconds: seconds, interrupted: false, outcomes: [],
            checks: [
                CheckOutcome(
                    name: "safe state at the end", held: safeState.held,
                    explanation: safeState.lines.joined(separator: "; "))
            ],
            events: reporter.marks, buses: input.plan.inventory.buses.indices.map(statistics), figures: figures,
            series: record.series(), settings: settings, digest: "", command: command, realTime: realTime)
    }

    private func statistics(ofBus bus: Int) -> BusStatistics {
        let sum = health(ofBus: bus)
        let endpoint = input.plan.channels.first { $0.bus == bus }?.endpoint
        let taken = Double(tap.occupation(ofBus: bus).rawValue) / 1e9
        return BusStatistics(
            name: input.plan.inventory.buses[bus].name, kind: endpoint.map { "\($0)" } ?? "no devices",
            transactions: sum.requests, exceptions: sum.exceptions, timeouts: sum.timeouts,
            badFrames: sum.badFrames + sum.mismatches, octets: tap.octets(ofBus: bus),
            load: min(1, taken / max(seconds, 1e-9)))
    }

    private var figures: [Figure] {
        func figure(_ name: String, _ value: Int) -> Figure { Figure(name: name, value: Double(value), unit: "") }
        let buses = input.plan.inventory.buses.indices.map { health(ofBus: $0) }
        return [
            figure("caps written", outcome.counters.capsWritten), figure("late cycles", outcome.lateCycles),
            figure("transactions", outcome.counters.transactions),
            figure("bus time-outs", buses.reduce(0) { $0 + $1.timeouts }),
            figure("reconnects", buses.reduce(0) { $0 + $1.reconnects }),
            figure("late answers", buses.reduce(0) { $0 + $1.lateAnswers }),
            figure("events in the event log only", reporter.marksLeftOut),
        ]
    }

    private var settings: [Setting] {
        let settings = input.settings
        return [
            Setting(name: "rack", value: input.plan.rackName), Setting(name: "law", value: settings.law.rawValue),
            Setting(name: "redundancy", value: settings.redundancy.rawValue),
            Setting(name: "period", value: IntervalOption(settings.period).text),
            Setting(
                name: "budget", value: input.budgetFile.map { "from \($0.path)" } ?? settings.budget.words),
            Setting(name: "dry run", value: input.plan.configuration.isDryRun ? "yes" : "no"),
        ]
    }

    private var realTime: RealTimeRecord {
        RealTimeRecord(outcome, period: input.settings.period, granted: granted, refused: reporter.refusals)
    }
}
