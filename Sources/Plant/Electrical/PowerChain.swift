import Units

/// From the trays' power up to the feeds: bus, supplies, shelves, breakers.
///
/// The supplies hold one load line together (active current share: each carries its share of the current whatever its
/// own setpoint). Up to the sum of the peak powers the bus follows that line; beyond it the supplies go over to
/// constant current, and the bus capacitance pays for the rest until the trays lock out. A supply without input lives
/// on its bulk capacitor. One step costs one square root, one efficiency per shelf, and no look at single supplies
/// unless one is overloaded, starting, or on its capacitor.
struct PowerChain: BitwiseCopyable {
    /// s from the return of the input to the return of the output. Typical of rectifiers with soft start (2...5 s).
    static let restartTime = 3.0
    /// s in which a bulk capacitor is charged after a dip that the supply survived. Typical of the precharge limit.
    static let rechargeTime = 0.1
    /// W that drain the bulk capacitor of a supply without input and without load: its own housekeeping. Typical.
    static let housekeepingPower = 10.0
    /// s with which a supply's outlet air follows its losses. Typical of a kilogram of heat sinks and windings.
    static let lossTime = 60.0

    let feedCount: Int
    let shelfCount: Int
    let supplyCount: Int
    let feeds: UnsafeMutablePointer<FeedState>
    let shelves: UnsafeMutablePointer<ShelfState>
    let supplies: UnsafeMutablePointer<SupplyState>
    let bus: UnsafeMutablePointer<BusState>
    let backupCount: Int
    let backups: UnsafeMutablePointer<BackupState>
    let tetherCount: Int
    let tethers: UnsafeMutablePointer<TetherState>
    /// By feed; idle where a feed has none.
    let upses: UnsafeMutablePointer<UPSState>
    let log: EventLog
    let step: Double

    init(_ configuration: PlantConfiguration, step: Double, seed: UInt64, log: EventLog, in storage: Storage) {
        self.log = log
        self.step = step
        feedCount = configuration.feeds.count
        shelfCount = configuration.shelves.count
        // Behind the last feed stands one that nothing supplies: what an outlet that is off connects its shelf to.
        let dead = configuration.feeds.first.map { feed in
            var state = FeedState(feed, step: step, in: storage)
            state.isSupplied = false
            state.hasUtility = false
            return state
        }
        feeds = storage.make(
            copying: configuration.feeds.map { FeedState($0, step: step, in: storage) } + (dead.map { [$0] } ?? []))
        var states: [ShelfState] = []
        var rectifiers: [SupplyState] = []
        for (index, shelf) in configuration.shelves.enumerated() {
            precondition(
                configuration.feeds.indices.contains(shelf.feed), "shelf \(shelf.name) hangs on feed \(shelf.feed)")
            states.append(ShelfState(shelf, first: rectifiers.count, step: step, in: storage))
            var stream = SeededStream(seed: seed, name: "plant/current-share", index: UInt64(index))
            for _ in 0..<shelf.supplyCount {
                let skew = SupplyState.skew(
                    deviation: stream.uniform(from: -1, to: 1), tolerance: shelf.supply.shareTolerance)
                rectifiers.append(
                    SupplyState(
                        skew: skew, setpoint: shelf.supply.noLoadVoltage, bulkEnergy: shelf.supply.holdUpEnergy))
            }
        }
        supplyCount = rectifiers.count
        shelves = storage.make(copying: states)
        supplies = storage.make(copying: rectifiers)
        let level = configuration.busbarLevel
        let capacitance = level.capacitancePerTray * Double(max(1, configuration.trays.count))
        bus = storage.make(copying: [BusState(level: level, capacitance: capacitance, voltage: 0)])
        let units = configuration.backups.flatMap { shelf in
            Array(repeating: BackupState(shelf.unit, step: step), count: shelf.unitCount)
        }
        backupCount = units.count
        backups = storage.make(copying: units)
        tetherCount = configuration.tethers.count
        tethers = storage.make(copying: configuration.tethers.map { TetherState($0, in: storage) })
        upses = storage.make(
            copying: configuration.feeds.map { feed in
                UPSState(
                    feed.ups
                        ?? UPSConfiguration(ratedPower: 1, inverterOverload: [], bypassOverload: [], autonomy: 0),
                    step: step, in: storage)
            })
        redistribute()
        bus.pointee.voltage = bus.pointee.sourceVoltage
    }

    /// Advances by one step in which the trays draw `load` watts.
    func advance(load: Double) {
        bus.pointee.load = load
        if backupCount > 0 { settleBackups(load) } else { regulate(load) }
        let output = bus.pointee.voltage * bus.pointee.current
        for feed in 0..<feedCount { feeds[feed].power = 0 }
        var input = 0.0
        var lost = 0.0
        var mustRedistribute = false
        for index in 0..<shelfCount {
            let shelf = shelves + index
            let feed = feeds + shelf.pointee.feed
            shelf.pointee.carry(output * shelf.pointee.share)
            if feed.pointee.isLive { lost += shelf.pointee.input - shelf.pointee.output }
            if !feed.pointee.isLive || !shelf.pointee.isSettled {
                mustRedistribute = exchangeBulk(index, isLive: feed.pointee.isLive) || mustRedistribute
            }
            feed.pointee.power += shelf.pointee.input
            input += shelf.pointee.input
        }
        if tetherCount > 0 { mustRedistribute = loadTethers(output) || mustRedistribute }
        if bus.pointee.hasOverload || output * bus.pointee.highestLoadPerWatt > 1 {
            mustRedistribute = ageOverloads(output) || mustRedistribute
        }
        bus.pointee.energyIn += input * step
        bus.pointee.energyOut += load * step
        bus.pointee.energyLost += lost * step
        loadBreakers()
        if mustRedistribute { redistribute() }
    }

    /// Lets the supplies' outlet air follow their losses; called every `interval` seconds.
    func smoothLosses(over interval: Double) {
        let factor = FirstOrderLag.factor(step: interval, constant: PowerChain.lossTime)
        for index in 0..<shelfCount {
            let shelf = shelves + index
            let count = Double(max(1, shelf.pointee.workingCount))
            let isLive = feeds[shelf.pointee.feed].isLive
            let loss = isLive ? (shelf.pointee.input - shelf.pointee.output) / count : 0
            shelf.pointee.smoothedLoss += (loss - shelf.pointee.smoothedLoss) * factor
        }
    }

    private func loadBreakers() {
        for index in 0..<feedCount {
            let feed = feeds + index
            if feed.pointee.hasUPS { loadUPS(index) }
            if feed.pointee.breaker.carry(feed.pointee.current) {
                log.append(.breakerTripped(feed: index))
                unsettle(feed: index)
            }
        }
    }

    /// Solves V = source - resistance * power / V for the bus, or lets it sag. `besides` is what others add at their
    /// limit, A.
    func regulate(_ load: Double, besides: Double = 0) {
        let bus = bus
        let source = bus.pointee.sourceVoltage
        let discriminant = source * source - 4 * bus.pointee.resistance * load
        var line = 0.0
        var current = 0.0
        var isReachable = false
        if discriminant > 0 && bus.pointee.workingCount > 0 {
            line = 0.5 * (source + discriminant.squareRoot())
            current = load / line
            isReachable = current <= bus.pointee.limitCurrent
        }
        if isReachable && !bus.pointee.isSagging {
            bus.pointee.voltage = line
            bus.pointee.current = current
            return
        }
        sag(load, line: line, current: current, isReachable: isReachable, besides: besides)
    }

    /// Constant current into a constant-power load: the difference comes out of the bus capacitance or goes into it.
    private func sag(_ load: Double, line: Double, current: Double, isReachable: Bool, besides: Double) {
        let bus = bus
        let voltage = bus.pointee.voltage
        let limit = bus.pointee.limitCurrent
        let drawn = voltage > 1 ? load / voltage : 0
        var next = voltage + (limit + besides - drawn) * step / bus.pointee.capacitance
        if bus.pointee.workingCount == 0 && besides == 0 { next -= voltage * step / BusState.bleedTime }
        if isReachable && next >= line {
            bus.pointee.isSagging = false
            bus.pointee.voltage = line
            bus.pointee.current = current
        } else {
            bus.pointee.isSagging = true
            bus.pointee.voltage = max(0, next)
            bus.pointee.current = limit
        }
        followLiveness()
    }

    /// Trays lock out below a voltage and come back above another.
    func followLiveness() {
        if bus.pointee.isLive && bus.pointee.voltage < bus.pointee.level.lockOutVoltage {
            bus.pointee.isLive = false
            log.append(.busCollapsed)
        } else if !bus.pointee.isLive && bus.pointee.voltage >= bus.pointee.level.restoreVoltage {
            bus.pointee.isLive = true
            log.append(.busRestored)
        }
    }
}
