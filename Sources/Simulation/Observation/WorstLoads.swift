internal import Plant
internal import Scenario
internal import Units

/// The most that flowed at every place of the budget tree, at telemetry samples; W, heats 0...1.
struct WorstLoads {
    private(set) var feeds: [Double]
    private(set) var heats: [Double]
    private(set) var shelves: [Double]
    /// The greatest share of its peak time that any supply of the shelf had used up, 0...1.
    private(set) var stresses: [Double]
    /// The same of each feed's UPS.
    private(set) var upsHeats: [Double]
    /// The most that each backup shelf gave, and its least mean charge, 0...1.
    private(set) var backups: [Double]
    private(set) var leastCharges: [Double]
    private(set) var tethers: [Double]
    /// degC of each tether's hotter plug.
    private(set) var plugs: [Double]
    private(set) var trays: [Double]
    /// The greatest of each tray; 0 where there is none.
    private(set) var accelerators: [Double]
    /// Where the rack was closest to its budget.
    private(set) var tightest: (budget: Double, power: Double)?

    /// Before this the controller is still finding its devices.
    private static let judgedFrom = Instant.start + .seconds(5)

    init(_ plant: PlantConfiguration) {
        feeds = Array(repeating: 0, count: plant.feeds.count)
        heats = feeds
        shelves = Array(repeating: 0, count: plant.shelves.count)
        stresses = shelves
        upsHeats = feeds
        backups = Array(repeating: 0, count: plant.backups.count)
        leastCharges = Array(repeating: 1, count: plant.backups.count)
        tethers = Array(repeating: 0, count: plant.tethers.count)
        plugs = Array(repeating: -273.15, count: plant.tethers.count)
        trays = Array(repeating: 0, count: plant.trays.count)
        accelerators = trays
    }

    mutating func sample(_ run: RackSimulation) {
        for feed in feeds.indices {
            feeds[feed] = max(feeds[feed], run.plant.feedPower(feed))
            heats[feed] = max(heats[feed], run.plant.breakerHeat(feed))
            upsHeats[feed] = max(upsHeats[feed], run.plant.upsHeat(feed))
        }
        for shelf in shelves.indices {
            var power = 0.0
            for slot in 0..<run.scenario.rack.plant.shelves[shelf].supplyCount {
                power += run.plant.supplyOutputPower(shelf: shelf, slot: slot)
                stresses[shelf] = max(stresses[shelf], run.plant.supplyOverload(shelf: shelf, slot: slot))
            }
            shelves[shelf] = max(shelves[shelf], power)
        }
        for shelf in backups.indices {
            backups[shelf] = max(backups[shelf], run.power(ofBackupShelf: shelf))
            let units = run.units(ofBackupShelf: shelf)
            let sum = units.reduce(0.0) { $0 + run.plant.backupCharge($1) }
            leastCharges[shelf] = min(leastCharges[shelf], sum / Double(units.count))
        }
        for tether in tethers.indices {
            tethers[tether] = max(tethers[tether], run.plant.tetherOutputPower(tether))
            plugs[tether] = max(plugs[tether], run.plant.tetherContactTemperature(tether))
        }
        for tray in trays.indices {
            trays[tray] = max(trays[tray], run.plant.trayPower(tray))
            for number in 0..<run.plant.acceleratorCount(tray) {
                accelerators[tray] = max(accelerators[tray], run.plant.acceleratorPower(tray, number))
            }
        }
        guard run.now >= Self.judgedFrom else { return }
        let (budget, power) = (run.budgetInForce.inWatts, run.plant.rackPower)
        if let tightest, tightest.budget - tightest.power <= budget - power { return }
        tightest = (budget, power)
    }
}
