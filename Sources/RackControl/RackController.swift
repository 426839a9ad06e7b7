public import ControlLaws
import DeviceSpecs
import ModbusWire
import RegisterMaps
public import Units

/// The rack controller: a Modbus master without I/O.
///
/// Purpose: keep the rack's power inside its budget and its trays inside their temperatures, knowing the rack only by
/// what the devices say. Whoever owns the buses asks every idle channel for its next transaction, carries it out, and
/// brings back what came of it; `step` runs the scan cycle. A channel is what can have one transaction outstanding: a
/// serial bus, or the connection to one device over TCP.
///
/// Inputs and how far they are trusted: every reading has an age and counts as its worst case once stale; no cap is
/// believed before it was acknowledged; a device is believed only after its identity was checked. After a restart of
/// the controller nothing is remembered: devices are identified, surveyed and armed again, and hold the last caps
/// meanwhile.
///
/// Nothing is allocated after `init`.
public final class RackController {
    let configuration: ControllerConfiguration
    let supplyRating: Power
    let supplyLevel: Hysteresis<Voltage>
    let supplyPeak: SupplyPeak?
    /// Whether tethers are at least as strong as supplies, and then the feed for which they stand.
    let countsTethers: Bool
    let tetherFeed: Int?
    /// With its memory; `configuration.law` is how it began.
    var law: CappingLaw
    var feeds = ContiguousArray<FeedRecord>()
    /// The feed of each shelf.
    let feedOfShelf: [Int]
    let backupPlates: [ControllerBackup]
    var backups = ContiguousArray<BackupRecord>()
    var backupSetPoints = ContiguousArray<BackupSetPoint>()
    var devices = ContiguousArray<DeviceRecord>()
    /// Of each device in turn, every type that may stand there.
    var variants = ContiguousArray<DeviceVariant>()
    var trays = ContiguousArray<TrayRecord>()
    var zones = ContiguousArray<ZoneRecord>()
    /// Into the devices; -1 where the rack has none.
    var fanWall = -1
    var pumpUnit = -1
    /// Leak and door sensors of the rack itself.
    var rackSensors = ContiguousArray<Int>()
    var isDoorOpen = false
    let cooling: CoolingLimits
    var coolant = CoolantResponse()
    /// Bit n: the branch of tray n+1 is to be shut; and what the pump unit acknowledged of it.
    var shutBranches: UInt32 = 0
    var confirmedShutBranches: UInt32 = 0
    /// What the fan wall and the pumps count for.
    public internal(set) var coolingPower = Power.zero
    var supplies = ContiguousArray<Int>()
    var spans = ContiguousArray<PollSpan>()
    var polledPoints = ContiguousArray<PolledPoint>()
    var readings = ContiguousArray<Reading>()
    var settings = ContiguousArray<ArmingSetting>()
    var writablePoints = ContiguousArray<PointDefinition>()
    var identityOctets = ContiguousArray<UInt8>()
    var channels = ContiguousArray<ChannelRecord>()
    /// The devices of each channel, in the order of the inventory.
    var channelDevices = ContiguousArray<Int>()
    /// In the same order: nothing is due of the device before this.
    var slotIdleUntil = ContiguousArray<Instant>()
    /// Scratch for the laws, one per tray.
    let allocations: UnsafeMutableBufferPointer<TrayAllocation>
    var events = EventRing(capacity: 512)

    /// The operator's budget; may be set at any time, takes effect with the next scan cycle.
    public var operatorBudget: Power
    /// What the working supplies can carry after any failure that the redundancy promises to survive.
    public internal(set) var capacity: Power
    /// What the feeds' breakers carry for ever, as the load is shared now.
    public internal(set) var breakerLimit = Power(rawValue: .max)
    /// The least of the three, or what a law allows that knows how long a breaker bears more.
    public internal(set) var effectiveBudget: Power
    /// What of the operator's overdraft is used, by the trays' monitors, and by the word of their BMCs.
    public internal(set) var overdraft: EnergyAccount?
    var overdraftByBoards: EnergyAccount?
    /// What all trays together count for.
    public internal(set) var measuredPower = Power.zero
    /// The same with the higher word of each tray's monitor and BMC: one sensor that reads too low must not make a breaker
    /// seem cool.
    var heatingPower = Power.zero
    /// The same with the word of each tray's BMC, where that has one.
    var boardPower = Power.zero
    public internal(set) var band = PowerBand.hold
    public internal(set) var workingSupplies = 0
    /// Those that work, or of which nothing is heard.
    var possibleSupplies = 0
    public internal(set) var counters = ControllerCounters()
    /// The next scan cycle.
    public internal(set) var nextDeadline = Instant.start

    var safety = SafetyMachine()
    /// What the trays draw by their readings, or may draw where there are none; `measuredPower` without the brake.
    var drawnPower = Power.zero
    /// What the supplies that may be working carry without any spare, and the feeds' breakers for ever: a supply of which
    /// nothing is heard counts as working. Load is switched off by this alone.
    var sourceLimit = RackController.unlimited
    /// The same of the supplies alone.
    var supplyLimit = RackController.unlimited
    /// Devices online by bus, counted anew at each cycle, and how many there should be.
    var busesInService: ContiguousArray<Int>
    let deviceCounts: ContiguousArray<Int>

    var brake: EmergencyBrake
    /// The outputs of the power-brake line, by tray.
    var brakes: ContiguousArray<Bool>
    var bringUp: BringUp
    /// The tray that is switched on next, and counts for its floor until it is; -1 for none.
    var nextTray = -1

    /// What charging may take of the budget now; caps leave it free.
    public internal(set) var chargeAllowance = Power.zero
    /// Since when the supplies have not been able to carry the rack's floors while units could; `nil` while they can.
    var bridgedSince: Instant?
    /// No unit held when they were given the time to say so; until one does, or the supplies are back.
    var isBridgeRefused = false
    var nextBackupPlanAt = Instant.start

    var startedAt: Instant?
    var lastStepAt = Instant.start
    var nextRaiseAt = Instant.start
    /// Since when power has been under the uncap threshold without a break.
    var belowSince: Instant?
    /// Online trays whose cap still has to come down; while there are any, no cap is raised.
    var pendingLowerings = 0
    var defaultCapBudget: Power
    /// What levelling took from some trays' caps and has not given to others yet.
    var levelled = Power.zero
    /// The most that the caps added up to since the budget last fell, for laws that move them tray by tray.
    var capSumReached = Power.zero
    var budgetShortfall = Power.zero

    /// Where nothing limits: a terawatt, small enough to be multiplied by a share.
    static let unlimited = Power(rawValue: 1_000_000_000_000_000)

    deinit { allocations.deallocate() }

    public init(inventory: ControllerInventory, configuration: ControllerConfiguration) {
        self.configuration = configuration
        supplyRating = inventory.supplyRating
        supplyLevel = inventory.supplyLevel
        supplyPeak = inventory.supplyPeak
        countsTethers = inventory.tetherRating >= inventory.supplyRating
        tetherFeed = inventory.tetherFeed
        (overdraft, overdraftByBoards) = (configuration.overdraft, configuration.overdraft)
        law = configuration.law
        cooling = inventory.cooling
        feedOfShelf = inventory.feedOfShelf
        feeds = ContiguousArray(inventory.feeds.map { FeedRecord($0, heat: configuration.load.heatAtStart) })
        backupPlates = inventory.backups
        operatorBudget = configuration.budget
        allocations = .allocate(capacity: inventory.trays.count)
        busesInService = ContiguousArray(repeating: 0, count: inventory.buses.count)
        deviceCounts = ContiguousArray(
            inventory.buses.indices.map { bus in inventory.devices.count { $0.bus == bus } })
        brakes = ContiguousArray(repeating: false, count: inventory.trays.count)
        brake = EmergencyBrake()
        bringUp = BringUp(interval: configuration.load.bringUpInterval)
        capacity = Power(rawValue: .max)
        effectiveBudget = configuration.budget
        defaultCapBudget = configuration.budget
        for tray in inventory.trays {
            trays.append(
                TrayRecord(
                    policy: tray, ledger: CapLedger(asked: tray.ceiling), defaultCap: tray.ceiling,
                    counted: tray.ceiling, demand: .zero))
        }
        for (index, device) in inventory.devices.enumerated() { add(device, index: index) }
        for (index, bus) in inventory.buses.enumerated() { addChannels(of: bus, index: index) }
        setReadingAges()
        addZones(inventory.zones)
        workingSupplies = supplies.count
        for device in supplies where devices[device].feed >= 0 {
            feeds[devices[device].feed].working += 1
            feeds[devices[device].feed].possible += 1
            feeds[devices[device].feed].installed += 1
        }
        possibleSupplies = supplies.count
        for index in feeds.indices { feeds[index].settleAtOnce() }
        weighSources(at: .start)
        _ = events.removeFirst()
        defaultCapBudget = capBudget
        allocations.initialize(
            repeating: TrayAllocation(
                power: .zero, demand: .zero, cap: .zero, bound: .zero, floor: .zero, ceiling: .zero))
        divideSafeShares()
        for index in trays.indices { trays[index].ledger = CapLedger(asked: trays[index].defaultCap) }
    }

    // MARK: What observers see

    public func askedCap(tray: Int) -> Power { trays[tray].ledger.asked }
    /// What the tray's BMC holds, as far as it acknowledged it.
    public func confirmedCap(tray: Int) -> Power? { trays[tray].ledger.confirmed }
    /// What the tray counts for: its reading, or its worst case.
    public func countedPower(tray: Int) -> Power { trays[tray].counted }
    /// The duty asked of the tray's fans.
    public func askedDuty(tray: Int) -> PerMille {
        trays[tray].zone < 0 ? configuration.failsafeDuty : zones[trays[tray].zone].duty
    }
    /// Whether the zone of the tray's fans is; true for a tray without.
    public func isInFailsafe(tray: Int) -> Bool {
        trays[tray].zone < 0 || zones[trays[tray].zone].law.isInFailsafe
    }
    /// False for what the controller does not know.
    public func isOnline(device: Int) -> Bool { devices.indices.contains(device) && devices[device].isOnline }
    /// Which of the device's types it is read by: 0 for the fitted one, then its alternatives in turn.
    public func source(device: Int) -> Int { devices[device].variant - devices[device].variants.lowerBound }
    public func phase(device: Int) -> DevicePhase { devices[device].cycle.phase }
    /// The tray's share of the budget when nobody decides: its cap in the safe state, and what its BMC falls back to.
    public func safeCap(tray: Int) -> Power { trays[tray].defaultCap }
    /// The hottest accelerator of the tray, or its host; `nil` when a reading is missing or stale.
    public func hottestTemperature(tray: Int, at now: Instant) -> Temperature? {
        hottestTemperature(in: tray, at: now)
    }
    /// The cap that the tray's BMC was read to enforce, if that is fresh.
    public func readBackCap(tray: Int, at now: Instant) -> Power? {
        let baseboard = trays[tray].baseboard
        guard baseboard >= 0 else { return nil }
        return fresh(devices[baseboard].points.appliedLimit, at: now).map(Power.milliwatts)
    }

    /// The oldest event not yet fetched.
    public func nextEvent() -> ControllerEvent? { events.removeFirst() }

    func log(_ kind: ControllerEvent.Kind, at now: Instant) {
        if !events.append(ControllerEvent(at: now, kind: kind)) { counters.eventsDropped += 1 }
    }

    func fresh(_ reading: Int, at now: Instant) -> Int64? {
        reading < 0 ? nil : readings[reading].fresh(at: now)
    }

    /// How often a device's comms watchdog is fed: thrice per time-out, so that two writes may be lost.
    var keepAlive: Interval {
        configuration.deviceWatchdog > .zero ? configuration.deviceWatchdog / 3 : Self.keepAliveWithoutWatchdog
    }
    /// Settings are refreshed even where no watchdog asks for it. Arbitrary.
    private static let keepAliveWithoutWatchdog = Interval.seconds(10)

    var isCapping: Bool { configuration.law.isCapping }
}
