internal import ArgumentParser
internal import Capture
internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RealTime
internal import Reports
internal import RunRecords
internal import Scenario
internal import Units

/// One `busbar control` from the first thread to the last file. This side of it waits, watches and prints; the control
/// thread decides.
final class ControlSession {
    private let input: ControlInput
    private let command: ControlCommand
    private let folder: OutputFolder
    private let folderClaim: FolderClaim
    private let log: EventLog
    /// The log and the capture, which somebody may follow.
    private let files: GrowingFiles
    private let tap: FrameTap
    private let pool: MasterPool
    /// Held for as long as the session is.
    private let claim: RackClaim
    private let loop: ScanLoop
    private let startedAt: Instant
    private var reporter: ControlReporter
    private var connections: ConnectionWatch
    private var record: ControlRecord
    private let display: ControlDisplay
    private var granted: [String] = []
    private var idleLock: DeepIdleLock?
    /// While a safe state is held that is not that of the end.
    private var safeStateWatch: SafeStateWatch?
    private var isEnding = false

    /// Between two looks at what the control thread has to tell. Arbitrary: at once, to a person.
    private static let interval = 0.05
    /// Connections are given this long before a missing one is told. Arbitrary.
    private static let connectionGrace = Interval.seconds(1)

    /// `claim` is made before anything is touched: an earlier report may be that of the controller that is running.
    init(_ input: ControlInput, _ command: ControlCommand, _ claim: RackClaim) throws {
        self.input = input
        self.command = command
        self.claim = claim
        let plan = input.plan
        do {
            folder = try OutputFolder(path: command.out ?? command.usualFolder(rack: plan.rackName))
            folderClaim = try FolderClaim(folder.path)
            try folder.removeReports()
            log = try EventLog(path: folder.path(of: "events.jsonl"))
            tap = try FrameTap(plan, path: command.capture)
        } catch let exit as ExitCode {
            throw exit
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        files = GrowingFiles([log]) { [log, tap] in
            log.flush()
            tap.flush()
        }
        do throws(MasterFailure) {
            pool = try MasterPool(plan.channels.map(\.endpoint), options: Self.options(command, tap))
        } catch {
            StandardStreams.error("\(error)")
            throw ExitStatus.inputOutput
        }
        var options = ScanOptions()
        options.realTime = RealTimeRequest(priority: command.priority, processor: command.cpu)
        loop = ScanLoop(plan: plan, options: options, pool: pool, budget: input.budgetFile)
        startedAt = MonotonicClock.now
        display = ControlDisplay(command.display, input, startedAt: startedAt, end: command.duration?.interval)
        reporter = ControlReporter(plan, startedAt: startedAt, log: files, display: display)
        connections = ConnectionWatch(plan)
        record = ControlRecord(plan)
        if let refusal = claim.refusal { reporter.refuse(refusal) }
        if let former = claim.former {
            reporter.mark("rack", "took over from \(former)", isMajor: true, at: startedAt)
        }
    }

    private static func options(_ command: ControlCommand, _ tap: FrameTap) -> MasterOptions {
        var options = MasterOptions()
        options.frameObserver = { octets, direction, channel, instant in
            tap.record(octets, isRequest: direction == .requests, channel: channel, at: instant)
        }
        if let priority = command.priority {
            // Below the control thread, which must not wait for a bus. What is refused here is refused there too.
            let request = RealTimeRequest(priority: max(1, priority - 1))
            options.onThreadStart = { _ in _ = RealTimeThread.schedule(request) }
        }
        return options
    }

    func run(until flag: InterruptFlag) throws {
        // A pipe that nobody reads any more must not end the control.
        signal(SIGPIPE, SIG_IGN)
        flag.part(saying: parting, saving: files.saveInHaste)
        takeProcessWideRealTime()
        pool.start()
        input.budgetFile?.start()
        let loop = loop
        let thread = Thread { loop.run() }
        thread.name = "control"
        thread.start()
        let end = command.duration.map { startedAt + $0.interval }
        var outcome = loop.board.outcome
        while outcome == nil {
            Thread.sleep(forTimeInterval: Self.interval)
            if flag.isRaised || end.map({ MonotonicClock.now >= $0 }) ?? false {
                isEnding = true
                display.beginEnding()
                loop.stop()
            }
            outcome = loop.board.outcome
            watch(flag)
        }
        reporter.closeDisplay()
        input.budgetFile?.stop()
        pool.stop()
        if let outcome { try finish(outcome) }
    }

    /// What somebody must know whose controller ends at once.
    private var parting: String {
        command.dryRun
            ? "no result was written" : "the safe state is not confirmed; the devices' own comms watchdogs remain"
    }

    /// What holds for the whole process.
    private func takeProcessWideRealTime() {
        if let priority = command.priority {
            if let refusal = RealTimeThread.lockMemory() {
                reporter.refuse("\(refusal)")
            } else {
                granted.append("memory locked")
            }
            let (lock, refusal) = DeepIdleLock.take()
            idleLock = lock
            if let refusal { reporter.refuse("\(refusal)") } else { granted.append("deep idle forbidden") }
            granted.append("SCHED_FIFO \(priority)")
        }
        if let cpu = command.cpu { granted.append("processor \(cpu)") }
    }

    private func watch(_ flag: InterruptFlag) {
        let now = MonotonicClock.now
        for complaint in input.budgetFile?.takeComplaints() ?? [] { reporter.note("rack", complaint, at: now) }
        let (news, dropped) = loop.board.takeNews()
        let status = loop.board.status
        let wasReady = reporter.isReady
        reporter.report(news, dropped: dropped)
        if reporter.isReady, !wasReady { announce() }
        if now - startedAt >= Self.connectionGrace {
            for change in connections.changes(in: pool) {
                let bus = input.plan.inventory.buses[change.bus].name
                reporter.note(bus, "\(bus): \(change.text)", at: now)
            }
        }
        record.sample(status, at: now - startedAt)
        reporter.review(status, floors: input.settings.trays.reduce(.zero) { $0 + $1.floor }, at: now)
        watchSafeState(status, at: now)
        files.keepUp()
        // The ready line comes first, and stays where it can be read again.
        guard reporter.isReady, loop.board.outcome == nil else { return }
        if !display.tick(status, pool, tap, at: now) { flag.raise() }
    }

    /// A safe state that was entered because the budget was lost.
    private func watchSafeState(_ status: ControlStatus, at now: Instant) {
        // That of the end stands in the summary.
        guard status.isSafeStateHeld, !isEnding, loop.board.outcome == nil else {
            safeStateWatch = nil
            return
        }
        var watch = safeStateWatch ?? SafeStateWatch(from: now, startedAt: startedAt)
        if watch.isToBeTold(status, at: now) {
            let text = SafeStateText(input.plan, status.devices.map(\.safeState), isDryRun: command.dryRun)
            for line in text.lines { reporter.note("rack", line, at: now) }
        }
        safeStateWatch = watch
    }

    /// The form is documented in docs/control.md; scripts wait for it.
    private func announce() {
        let plan = input.plan
        reporter.output(
            "ready rack=\(plan.rackName) devices=\(plan.inventory.devices.count) channels=\(plan.channels.count) "
                + "period=\(IntervalOption(plan.configuration.period).text)")
    }

    private func finish(_ outcome: ScanOutcome) throws {
        let safeState = SafeStateText(input.plan, outcome.safeStates, isDryRun: command.dryRun)
        for line in safeState.lines { reporter.mark("rack", line, isMajor: true, at: outcome.endedAt) }
        let refused = Set(outcome.refusals.map(\.attempted))
        granted.removeAll { word in
            refused.contains { $0.hasPrefix("the real-time scheduler") } && word.hasPrefix("SCHED_FIFO")
                || refused.contains { $0.hasPrefix("processor") } && word.hasPrefix("processor")
        }
        let summary = ControlSummary(
            input: input, outcome: outcome, health: input.plan.channels.indices.map { pool.health(of: $0) }, tap: tap,
            safeState: safeState, granted: granted, reporter: reporter, record: record)
        let result = summary.result(command: command.repeatingCommand)
        var failures: [String] = []
        do { try files.alone(log.finish) } catch { failures.append("\(error)") }
        do { try folder.writeResult(of: result) } catch { failures.append("\(error)") }
        if let failure = tap.finish() { failures.append(failure) }
        reporter.output(summary.text(result: folder.path(of: "result.json")))
        for failure in failures { StandardStreams.error(failure) }
        if !failures.isEmpty || !reporter.hasOutput { throw ExitStatus.inputOutput }
        if !safeState.held { throw ExitStatus.failed }
    }
}
