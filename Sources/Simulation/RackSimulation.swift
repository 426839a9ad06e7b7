internal import Expectations
internal import ModbusWire
internal import Plant
internal import RackControl
public import RunRecords
public import Scenario
public import Units

/// A rack in virtual time: plant, devices, buses and controller in one thread, repeatable bit for bit from a seed.
///
/// The plant advances in steps of a millisecond. What is due between two steps (octets arriving, scan cycles, events
/// of the scenario) is carried out in the order of the event queue before the next step; after a step the devices
/// whose deadline has come sample it. Devices and controller meet only as octets on the buses.
public final class RackSimulation {
    /// Between two telemetry samples.
    static let telemetryInterval = Interval.milliseconds(100)

    let scenario: ScenarioDefinition
    /// Whether the built-in controller acts; otherwise the rack is left to outside clients.
    let hasController: Bool
    /// Whether a controller outside the simulation acts in its place, and says of itself what observers want to know.
    let isControlledOutside: Bool
    /// What it said last.
    var controllerView: ControllerView?
    let seed: UInt64
    let version: String
    let recorder: (any RunRecorder)?

    let plant: RackPlant
    /// The one that acts, or did last.
    var controller: RackController
    /// Counts the controllers that have acted: an answer is for nobody but the one who asked.
    var controllerGeneration: Int32 = 0
    /// The budget that a client wrote last, which the controller's unit keeps through a restart; `nil` where the operator has
    /// spoken since.
    var budgetFromAbove: Power?
    /// Whether a controller that needs a lease has had one.
    var hasBegun = false
    /// What those before the present one counted.
    var pastCounters = ControllerCounters()
    let seats: [ControllerSeat]
    var actingSeat = 0
    /// When the acting controller must have stopped by itself; without a standby never, and `.start` while nobody acts.
    var actsUntil: Instant
    var leaseKeeper: LeaseKeeper
    var brakeLine: BrakeLine
    let roles: RackRoles
    private(set) var devices: [VirtualDevice]
    /// Whether the trays' main power waits for a controller, at the start and after an outage.
    let traysStayOff: Bool
    /// The controller's own unit, where the rack has one.
    let port: ControllerPortDevice?
    var refusalsNoted = 0
    private var unowned: ContiguousArray<Unmanaged<VirtualDevice>>
    /// When each device wants its next step, in nanoseconds; flat, because it is read at every plant step.
    var deadlines: ContiguousArray<Int64>
    /// So many devices have a place in the plant; those behind them stand alone, want no steps, and are unknown to the
    /// controller.
    let attachedCount: Int
    /// Those that the controller is master of come first; behind them its own unit, if it has one.
    let controlledCount: Int

    let channels: [BusChannel]
    /// Connections of a TCP bus count each; a serial line is one.
    let channelsOfBus: [Int]
    /// The channel of each serial bus; -1 where every device has a connection of its own.
    let lineOfBus: ContiguousArray<Int>
    /// How long a gateway waits for a unit before it answers with exception 0x0B.
    public var gatewayPatience = RackSimulation.usualGatewayPatience
    /// Device by bus * 256 + unit; -1 where nobody listens.
    let deviceAtUnit: ContiguousArray<Int32>
    var counters: ContiguousArray<BusCounters>
    /// Writes from outside that were refused.
    var refusals = WriteRefusals()
    /// What each serial line has carried; stays empty for the other buses.
    var tallies: ContiguousArray<LineTally>
    var events: EventRegister
    var faults = BusFaultInjector()
    var replyWords = RegisterBlock()
    var replyPDU = FrameBuffer()

    var queue = EventQueue(capacity: 1024)
    var now = Instant.start
    var end: Instant

    var observation: RunObservation
    var checks: RunChecks
    /// Present where the scenario says that safety is owed.
    let safety: SafetyWatch?
    var digest = TraceDigest()
    var marks: [EventMark] = []
    var marksDropped = 0
    var troubles = OpenTroubles()

    /// Everything is in place at the start of the run; nothing has happened yet.
    ///
    /// - Parameters:
    ///   - recorder: takes telemetry, events and frames while the run goes on; `nil` records nothing but the result.
    ///   - hasController: whether the built-in controller acts; without it nothing scans and nothing is capped.
    ///   - isControlledOutside: whether another controller does instead, from outside; it is judged as the built-in one
    ///     would be, by what `take(_:)` hands over.
    public init(
        _ scenario: ScenarioDefinition, seed: UInt64, version: String, recorder: (any RunRecorder)?,
        hasController: Bool = true, isControlledOutside: Bool = false
    ) {
        precondition(!(hasController && isControlledOutside), "a rack has one controller")
        self.scenario = scenario
        self.hasController = hasController
        self.isControlledOutside = isControlledOutside
        self.seed = seed
        self.version = version
        self.recorder = recorder
        let rack = scenario.rack
        plant = RackPlant(
            rack.plant, workloads: scenario.workloads.map { (trays: $0.trays, workload: $0.workload) }, seed: seed)
        controller = RackController(
            inventory: ControllerInventory(scenario.rack, policies: scenario.controller.trays),
            configuration: ControllerConfiguration(scenario.controller))
        roles = RackRoles(rack)
        let load = scenario.controller.load
        seats = RackSimulation.seats(scenario.controller)
        actsUntil = load.standby == nil ? .never : .start
        leaseKeeper = LeaseKeeper(duration: load.standby?.takesOverAfter ?? .zero)
        brakeLine = BrakeLine(trayCount: rack.plant.trays.count)
        traysStayOff = load.bringUp == .staged && scenario.controller.law != .none
        devices =
            VirtualDeviceFactory(
                rack: rack, policies: scenario.controller.trays, seed: seed, traysStayOff: traysStayOff
            ).devices
        port = devices.lazy.compactMap { $0 as? ControllerPortDevice }.first
        // Nobody answers for a controller that is not there.
        port?.isDisconnected = !hasController
        unowned = ContiguousArray(devices.map(Unmanaged.passUnretained))
        deadlines = ContiguousArray(devices.map(\.nextDeadline.rawValue))
        controlledCount = rack.devices.prefix { $0.attachment != .standalone && $0.attachment != .controller }.count
        attachedCount = rack.devices.prefix { $0.attachment != .standalone }.count
        precondition(
            rack.devices.dropFirst(attachedCount).allSatisfy { $0.attachment == .standalone },
            "devices that stand alone come last in a rack")
        channels = BusChannel.channels(of: rack, seed: seed)
        channelsOfBus = rack.buses.indices.map { [channels] bus in max(1, channels.count { $0.bus == bus }) }
        lineOfBus = RackSimulation.lines(of: rack, channels: channels)
        deviceAtUnit = RackSimulation.unitTable(rack)
        counters = ContiguousArray(repeating: BusCounters(), count: rack.buses.count)
        tallies = ContiguousArray(repeating: LineTally(), count: rack.buses.count)
        events = EventRegister(scenario.events)
        end = Instant.start + scenario.duration
        observation = RunObservation(scenario, interval: Self.telemetryInterval)
        checks = RunChecks(scenario, hasController: hasController || isControlledOutside)
        safety = scenario.safety.map { SafetyWatch(scenario, $0, hasController: hasController) }
        recorder?.begin(signals: observation.catalogue.descriptions)
        if traysStayOff { switchTraysOff() }
        for index in seats.indices where hasController {
            let phase = scenario.controller.period.rawValue * Int64(index) / Int64(seats.count)
            queue.schedule(.controllerScan(seat: Int32(index)), at: Instant(rawValue: phase))
        }
        for index in scenario.events.indices {
            queue.schedule(.scenarioEventBegins(Int32(index)), at: scenario.events[index].at)
            if let until = scenario.events[index].until { queue.schedule(.scenarioEventEnds(Int32(index)), at: until) }
        }
    }

    deinit { observation.release() }

    public var durationSeconds: Double { seconds(end) }
    public var reachedSeconds: Double { seconds(now) }
    /// Plant steps and transactions carried out so far, for benchmarks.
    public var plantSteps: Int64 { (now - .start).rawValue / RackPlant.stepInterval.rawValue }
    public var transactions: Int { counters.reduce(0) { $0 + $1.transactions } }

    /// Goes on for so many simulated seconds, or to the end of the run. False when the end is reached.
    @discardableResult
    public func advance(bySeconds slice: Double) -> Bool {
        let target = min(end, now + Interval(rawValue: Int64(slice * 1e9)))
        while now < target { advanceOneStep() }
        return now < end
    }

    /// Goes on to the last plant step that is not after this instant, or to the end of the run. False when the end is
    /// reached.
    @discardableResult
    public func advance(to instant: Instant) -> Bool {
        let step = RackPlant.stepInterval.rawValue
        let target = instant >= end ? end : Instant(rawValue: instant.rawValue - instant.rawValue % step)
        while now < target { advanceOneStep() }
        return now < end
    }

    private func advanceOneStep() {
        let next = now + RackPlant.stepInterval
        while queue.nextInstant < next {
            let (instant, event) = queue.popFirst()
            handle(event, at: instant)
        }
        now = next
        plant.step()
        stepDevices()
        plant.drainEvents { [self] event in
            note(event)
            follow(event)
        }
        observe()
    }

    private func handle(_ event: DueEvent, at instant: Instant) {
        switch event {
        case .controllerScan(let seat): scan(seat: Int(seat), at: instant)
        case .requestArrived(let channel): requestArrived(channels[Int(channel)], Int(channel), at: instant)
        case .transactionEnded(let channel): transactionEnded(channels[Int(channel)], Int(channel), at: instant)
        case .channelWakes(let channel): pump(Int(channel), at: instant)
        case .scenarioEventBegins(let index): begin(event: Int(index), at: instant)
        case .scenarioEventEnds(let index): undo(event: Int(index), at: instant)
        case .brakeLineSettles: settleBrakeLine()
        case .leaseClaimArrives(let seat): leaseClaimArrives(from: Int(seat), at: instant)
        case .leaseAnswerArrives(let seat): leaseAnswerArrives(at: Int(seat), instant: instant)
        }
    }

    func runCycle(at instant: Instant) {
        takeNorthboundBudget(at: instant)
        controller.step(at: instant)
        publishNorthbound(at: instant)
        noteControllerEvents()
        driveBrakeLine(at: instant)
        for channel in channels.indices { pump(channel, at: instant) }
    }

    /// Trays without a BMC have nobody to switch them on again.
    private func switchTraysOff() {
        for tray in roles.baseboard.indices where roles.baseboard[tray] != nil { plant.setPower(tray: tray, on: false) }
    }

    private func stepDevices() {
        let instant = now.rawValue
        for index in 0..<attachedCount where deadlines[index] <= instant {
            // `devices` keeps them all alive for as long as the run: no counting of references at every step.
            let (next, news, isDeaf) = unowned[index]._withUnsafeGuaranteedRef { device in
                (device.step(at: now, plant: plant).rawValue, device.hasNews, !device.ear.isOpen)
            }
            deadlines[index] = next
            // It may have booted.
            if isDeaf { tuneEar(of: devices[index], at: now) }
            if news { announceNews(of: devices[index]) }
        }
    }

    /// The controllers of trays, fan wall and pumps are fed from the busbar: they stop with it and boot when it is back. The supplies' MCUs
    /// live on their bulk capacitors.
    private func follow(_ event: PlantEvent) {
        let isBack: Bool
        switch event {
        case .busCollapsed: isBack = false
        case .busRestored: isBack = true
        default: return
        }
        if !isBack, traysStayOff { switchTraysOff() }
        for index in roles.ofTray.joined() + roles.ofRack {
            devices[index].isUnpowered = !isBack
            if isBack {
                devices[index].ear.close()
                devices[index].powerUp(at: now)
            }
            tuneEar(of: devices[index], at: now)
            deadlines[index] = isBack ? devices[index].nextDeadline.rawValue : .max
        }
    }

    /// Another device stands there from here on.
    func put(_ device: VirtualDevice, in place: Int) {
        devices[place] = device
        unowned[place] = Unmanaged.passUnretained(device)
        deadlines[place] = device.nextDeadline.rawValue
        // Whoever is wired to the one that stood there is wired to this one.
        for other in devices { other.meet(devices) }
    }

    private func announceNews(of device: VirtualDevice) {
        for news in device.takeNews() { note(news, of: device) }
    }

    func seconds(_ instant: Instant) -> Double { Double(instant.rawValue) / 1e9 }

    private static func unitTable(_ rack: RackDefinition) -> ContiguousArray<Int32> {
        var table = ContiguousArray<Int32>(repeating: -1, count: rack.buses.count * 256)
        for (index, device) in rack.devices.enumerated() { table[device.bus * 256 + Int(device.unit)] = Int32(index) }
        return table
    }
}
