internal import ArgumentParser
internal import CAllocationCount
internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import Plant
internal import RackControl
internal import RealTime
internal import Scenario
internal import ScenarioFiles
internal import Simulation
internal import Units

/// Runs the scan cycle of `busbar control` on a rack that somebody else serves, and prints how it kept its time and what
/// it allocated. Judges nothing.
struct CycleBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle", abstract: "Wake-up latency, scan and cycle time, and heap allocations of a scan cycle.")

    @Argument(help: "The rack's file, with the places of its devices.")
    var rack: String

    @Option(help: "Milliseconds from one release to the next.")
    var period = 10

    @Option(help: "Seconds that are measured.")
    var seconds = 60.0

    @Option(help: "Seconds before allocations are counted: devices are found and armed.")
    var warmUp = 10.0

    @Option(help: "SCHED_FIFO at this priority, memory locked, deep idle forbidden.")
    var priority: Int?

    @Option(help: "The control thread's only processor.")
    var cpu: Int?

    func run() throws {
        let plan = try plan()
        let lock = priority == nil ? nil : prepare()
        defer { withExtendedLifetime(lock) {} }
        var options = MasterOptions()
        if let priority {
            let request = RealTimeRequest(priority: max(1, priority - 1))
            options.onThreadStart = { _ in _ = RealTimeThread.schedule(request) }
        }
        let pool = try MasterPool(plan.channels.map(\.endpoint), options: options)
        pool.start()
        var scan = ScanOptions()
        scan.realTime = RealTimeRequest(priority: priority, processor: cpu)
        let loop = ScanLoop(plan: plan, options: scan, pool: pool)
        let thread = Thread { loop.run() }
        thread.start()
        Thread.sleep(forTimeInterval: warmUp)
        let before = (loop.board.status.cycles, busbar_allocation_count())
        // Nobody looks meanwhile: what is counted is the cycle's and the channels' own.
        Thread.sleep(forTimeInterval: seconds)
        let after = (busbar_allocation_count(), loop.board.status.cycles)
        let online = loop.board.status.devices.count { $0.phase == .online }
        loop.stop()
        while loop.board.outcome == nil { Thread.sleep(forTimeInterval: 0.05) }
        pool.stop()
        guard let outcome = loop.board.outcome else { return }
        for refusal in outcome.refusals { print("not granted: \(refusal)") }
        print("devices online \(online) of \(plan.inventory.devices.count)")
        let cycles = after.1 - before.0
        print(
            "allocations \(after.0 - before.1) in \(cycles) cycles "
                + "(\(String(format: "%.4f", Double(after.0 - before.1) / Double(max(1, cycles)))) per cycle)")
        print("cycles \(outcome.cycles)   late \(outcome.lateCycles)   skipped releases \(outcome.skippedReleases)")
        print("requests \(outcome.counters.transactions)   time-outs \(outcome.counters.timeouts)")
        for (name, summary) in [("wake-up", outcome.wakeUp), ("scan", outcome.scan), ("cycle", outcome.cycle)] {
            print(
                "\(name) us   p50 \(Self.microseconds(summary.median))   p99 \(Self.microseconds(summary.p99))   "
                    + "p99.9 \(Self.microseconds(summary.p999))   max \(Self.microseconds(summary.greatest))")
        }
    }

    private static func microseconds(_ interval: Interval) -> String {
        String(format: "%.1f", Double(interval.rawValue) / 1000)
    }

    private func prepare() -> DeepIdleLock? {
        if let refusal = RealTimeThread.lockMemory() { print("not granted: \(refusal)") }
        let (lock, refusal) = DeepIdleLock.take()
        if let refusal { print("not granted: \(refusal)") }
        return lock
    }

    private func plan() throws -> ControlPlan {
        let root = ProcessInfo.processInfo.environment["BUSBAR_ROOT"] ?? FileManager.default.currentDirectoryPath
        let (loaded, problems) = RackFile.loadForControl(path: rack, files: ProjectFiles(root: root))
        for problem in problems { FileHandle.standardError.write(Data("\(problem)\n".utf8)) }
        guard let loaded else { throw ExitCode(65) }
        let ceilings = loaded.policies.reduce(Power.zero) { $0 + $1.ceiling }
        var settings = ControllerSettings.typical(budget: ceilings, trays: loaded.policies)
        settings.period = .milliseconds(Int64(max(1, period)))
        guard
            let plan = ControlPlan(
                rack: loaded.definition, trayNames: loaded.definition.plant.trays.map(\.name),
                inventory: ControllerInventory(loaded.definition, policies: loaded.policies),
                configuration: ControllerConfiguration(settings))
        else { throw ExitCode(65) }
        return plan
    }
}
