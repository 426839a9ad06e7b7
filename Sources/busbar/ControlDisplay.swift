internal import ControlLoop
internal import ModbusMaster
internal import RackControl
internal import RealTime
internal import RunRecords
internal import Scenario
internal import TerminalView
internal import Units

/// Shows a controlled rack to people while it runs: a view in a terminal, status lines, or nothing.
///
/// Lives on the thread that watches. What is shown was left on the control thread's board, so that neither a slow
/// terminal nor a person who stops it can hold up a cycle.
final class ControlDisplay {
    enum Stream { case output, error }

    private let view: LiveView?
    private var lines: StatusLines?
    private let recent = RecentEvents()
    private let input: ControlInput
    private let startedAt: Instant
    /// When the control ends by itself.
    private let end: Interval?
    private var isDrawn = false
    /// What would have torn the picture, for when it is gone.
    private var held: [(text: String, stream: Stream)] = []
    private var heldBack = 0
    private var requestRates: [BusRate]
    private var loads: [BusRate]
    /// By tray: the device whose state is the tray's, its BMC where it has one.
    private let heads: [Int?]
    /// By bus.
    private let channels: [[Int]]
    private let supplyCount: Int

    /// Lines that are held at most; the event log has all. Arbitrary: more than anybody scrolls back.
    private static let heldLimit = 1000

    init(_ options: DisplayOptions, _ input: ControlInput, startedAt: Instant, end: Interval?) {
        view = options.view()
        lines = options.status.map(StatusLines.init)
        self.input = input
        self.startedAt = startedAt
        self.end = end
        let plan = input.plan
        requestRates = plan.inventory.buses.map { _ in BusRate() }
        loads = requestRates
        heads = plan.inventory.trays.indices.map { plan.head(ofTray: $0) }
        channels = plan.inventory.buses.indices.map { bus in
            plan.channels.indices.filter { plan.channels[$0].bus == bus }
        }
        supplyCount = plan.inventory.devices.count {
            if case .supply = $0.role { true } else { false }
        }
    }

    /// The end has begun; see `LiveView.isEnding`.
    func beginEnding() { view?.isEnding = true }

    /// Shows what is due. False when the person at the keys wants the control to end.
    func tick(_ status: ControlStatus, _ pool: MasterPool, _ tap: FrameTap, at now: Instant) -> Bool {
        guard view != nil || lines != nil else { return true }
        let look = { self.snapshot(status, pool, tap, at: now) }
        let elapsed = now - startedAt
        lines?.tick(at: .start + elapsed, snapshot: look)
        isDrawn = view != nil
        return view?.tick(at: now, snapshot: look) ?? true
    }

    func note(_ mark: EventMark) { if view != nil { recent.record(mark) } }

    /// Whether a line waits for the end of the picture that it would tear.
    func holds(_ text: String, for stream: Stream) -> Bool {
        guard isDrawn, stream == .output || StandardStreams.errorIsTerminal else { return false }
        if held.count < Self.heldLimit { held.append((text, stream)) } else { heldBack += 1 }
        return true
    }

    /// Gives the terminal back; what was held meanwhile, in order.
    func close() -> [(text: String, stream: Stream)] {
        view?.close()
        isDrawn = false
        defer { held = [] }
        return heldBack == 0 ? held : held + [("\(heldBack) lines more are in events.jsonl alone", .error)]
    }

    // MARK: What is shown

    private func snapshot(
        _ status: ControlStatus, _ pool: MasterPool, _ tap: FrameTap, at now: Instant
    ) -> LiveSnapshot {
        let plan = input.plan
        var snapshot = LiveSnapshot()
        snapshot.title = plan.rackName
        snapshot.activity = activity(status)
        snapshot.isDryRun = plan.configuration.isDryRun
        snapshot.isSafeStateHeld = status.isSafeStateHeld
        snapshot.safetyState = status.safetyState.word
        snapshot.rackTime = now - startedAt
        snapshot.end = end
        snapshot.controller = input.settings.law.rawValue
        // What is counted before every device was asked is a guess.
        snapshot.power = status.band == .starting || status.cycles == 0 ? nil : status.power
        snapshot.assumedTrays = snapshot.power == nil ? 0 : status.trays.count { !$0.hasFreshPower }
        snapshot.budget = status.operatorBudget
        snapshot.effectiveBudget = status.budget
        snapshot.budgetSource = budgetSource(status, at: now)
        if supplyCount > 0 {
            snapshot.workingSupplies = status.workingSupplies
            snapshot.installedSupplies = supplyCount
        }
        snapshot.trays = plan.trayNames.indices.map { liveTray($0, status) }
        snapshot.buses = plan.inventory.buses.indices.map { liveBus($0, pool, tap, at: now) }
        snapshot.cycles = status.cycles
        snapshot.lateCycles = status.lateCycles
        snapshot.skippedReleases = status.skippedReleases
        snapshot.wakeUpP99 = status.wakeUpP99
        snapshot.events = recent.events
        snapshot.faults = faults(status, snapshot.buses, at: now)
        return snapshot
    }

    private func activity(_ status: ControlStatus) -> String {
        switch status.band {
        case .starting: "starting"
        case .lower: "controlling: cutting"
        case .hold: "controlling: holding"
        case .raise: "controlling: giving back"
        case .safe: "nobody decides"
        }
    }

    private func isBudgetLost(at now: Instant) -> Bool { input.budgetFile.map { now >= $0.expiresAt } ?? false }

    private func budgetSource(_ status: ControlStatus, at now: Instant) -> String {
        if status.budget < status.operatorBudget { return "supplies \(input.settings.redundancy.rawValue)" }
        guard input.budgetFile != nil else { return "operator" }
        return isBudgetLost(at: now) ? "file, lost" : "file"
    }

    private func faults(_ status: ControlStatus, _ buses: [LiveBus], at now: Instant) -> [String] {
        var faults = isBudgetLost(at: now) ? ["budget lost"] : []
        faults += buses.filter { $0.isUp == false }.map { "\($0.name) has no connection" }
        for (device, state) in status.devices.enumerated() {
            let path = input.plan.inventory.devices[device].path
            switch state.phase {
            case .dormant: faults.append("\(path) lost")
            case .misidentified: faults.append("\(path) is another device")
            case .probing, .surveying, .arming, .online: break
            }
        }
        return faults
    }

    private func liveTray(_ index: Int, _ status: ControlStatus) -> LiveTray {
        let values = status.trays[index]
        var tray = LiveTray(name: input.plan.trayNames[index])
        tray.power = values.hasFreshPower ? values.power : nil
        tray.floor = input.plan.inventory.trays[index].floor
        tray.ceiling = input.plan.inventory.trays[index].ceiling
        // A law that never caps asks for nothing.
        tray.askedCap = input.settings.law == .none ? nil : values.askedCap
        tray.heldCap = values.confirmedCap
        tray.temperature = values.hottest
        tray.duty = values.duty
        switch heads[index].map({ status.devices[$0].phase }) {
        case .online: tray.conditions.append(.online)
        case .probing, .surveying, .arming: tray.conditions.append(.arming)
        case .dormant, .misidentified, nil: tray.conditions.append(.lost)
        }
        if tray.isOnline, !values.hasFreshPower { tray.conditions.append(.stale) }
        if tray.isOnline, values.isInFailsafe { tray.conditions.append(.failsafe) }
        return tray
    }

    private func liveBus(_ index: Int, _ pool: MasterPool, _ tap: FrameTap, at now: Instant) -> LiveBus {
        var bus = LiveBus(name: input.plan.inventory.buses[index].name)
        guard let endpoint = channels[index].first.map({ input.plan.channels[$0].endpoint }) else { return bus }
        let health = channels[index].map { pool.health(of: $0) }
        func sum(_ count: (ChannelHealth) -> Int) -> Int { health.reduce(0) { $0 + count($1) } }
        let connected = health.count(where: \.isConnected)
        bus.isUp = connected > 0
        bus.timeouts = sum(\.timeouts)
        bus.exceptions = sum(\.exceptions)
        bus.badFrames = sum { $0.badFrames + $0.mismatches }
        bus.reconnects = sum(\.reconnects)
        requestRates[index].take(requests: sum(\.requests), at: now)
        bus.requestsPerSecond = requestRates[index].requestsPerSecond
        let places = Set(channels[index].map { input.plan.channels[$0].endpoint }).count
        bus.place = places > 1 ? "\(endpoint) and \(places - 1) more" : "\(endpoint)"
        switch endpoint {
        case .tcp:
            bus.kind = "tcp"
            bus.clients = connected
        case .rtu(_, let baud, let parity, let stopBits, _):
            bus.kind = "rtu \(baud) 8\(parity.rawValue.prefix(1).uppercased())\(stopBits)"
            loads[index].take(requests: 0, busy: tap.occupation(ofBus: index), at: now)
            bus.load = loads[index].load
        }
        return bus
    }
}
