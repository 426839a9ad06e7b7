import Plant

/// Small configurations with round numbers; each test changes what it is about.
enum Fixtures {
    static func breaker(_ curve: TripCurve = .veryInverse(timeMultiplier: 1), rated: Double = 63)
        -> BreakerConfiguration
    {
        BreakerConfiguration(
            ratedCurrent: rated, curve: curve, tolerance: 0.2, magneticMultiple: 5, coolingTime: 300)
    }

    static func feed(_ breaker: BreakerConfiguration = breaker(), name: String = "feed-a") -> FeedConfiguration {
        FeedConfiguration(name: name, lineVoltage: 400, powerFactor: 1, breaker: breaker)
    }

    static func supply(shareTolerance: Double = 0) -> SupplyConfiguration {
        SupplyConfiguration(
            ratedPower: 5500, peakPower: 8800, peakTime: 0.1,
            efficiency: [
                CurvePoint(x: 0.1, y: 0.949), CurvePoint(x: 0.5, y: 0.975), CurvePoint(x: 1, y: 0.965),
                CurvePoint(x: 1.6, y: 0.95),
            ], noLoadVoltage: 51, droop: 0.5, holdUpEnergy: 110, shareTolerance: shareTolerance)
    }

    static func shelf(
        supplies: Int = 6, feed: Int = 0, supply: SupplyConfiguration = supply(), name: String = "shelf-1"
    ) -> ShelfConfiguration {
        ShelfConfiguration(name: name, feed: feed, supplyCount: supplies, supply: supply)
    }

    /// Throughput halves when three quarters of the dynamic power are taken away.
    static func accelerator(idle: Double = 70, rated: Double = 400) -> AcceleratorModel {
        AcceleratorModel(
            name: "test", idlePower: idle, ratedPower: rated, minimumLimit: 100, lag: 0.05, brakePower: 150,
            throttleTemperature: 87, shutdownTemperature: 95,
            throughput: [CurvePoint(x: 0, y: 0), CurvePoint(x: 0.25, y: 0.5), CurvePoint(x: 1, y: 1)])
    }

    static let thermal = ThermalConfiguration(
        dieResistance: 0.03, sinkResistance: 0.05, dieCapacity: 60, sinkCapacity: 600, coolantFlow: 0.1,
        coolantHeatCapacity: 4000, spread: 0)

    static let fans = FanConfiguration(
        count: 6, maximumSpeed: 15_000, maximumFlow: 0.05, idlePower: 2, cubicPower: 38, lag: 1)

    static func tray(
        accelerators: Int = 8, model: AcceleratorModel = accelerator(), fans: FanConfiguration? = nil,
        cooling: TrayConfiguration.Cooling = .liquid, hostIdle: Double = 0, hostMaximum: Double = 0,
        thermal: ThermalConfiguration = thermal
    ) -> TrayConfiguration {
        TrayConfiguration(
            name: "tray", hostIdlePower: hostIdle, hostMaximumPower: hostMaximum, accelerator: model,
            acceleratorCount: accelerators, cooling: cooling, fans: fans, thermal: thermal)
    }

    static func plant(
        feeds: [FeedConfiguration] = [feed()], shelves: [ShelfConfiguration] = [shelf()],
        trays: [TrayConfiguration] = [tray()]
    ) -> PlantConfiguration {
        PlantConfiguration(
            feeds: feeds, shelves: shelves, trays: trays, inletTemperature: 25, coolantTemperature: 30)
    }

    /// A rack whose only load is a tray of so many watts, from the first step on.
    static func resistorRack(
        watts: Double, feeds: [FeedConfiguration] = [feed()], shelves: [ShelfConfiguration] = [shelf()]
    ) -> RackPlant {
        let load = tray(accelerators: 0, hostIdle: watts, hostMaximum: watts)
        return RackPlant(plant(feeds: feeds, shelves: shelves, trays: [load]), workloads: [], seed: 1)
    }

    static func oneTray(
        _ workload: WorkloadConfiguration, tray: TrayConfiguration = tray(), seed: UInt64 = 1
    ) -> RackPlant {
        RackPlant(plant(trays: [tray]), workloads: [([0], workload)], seed: seed)
    }
}

extension RackPlant {
    func run(milliseconds: Int) {
        for _ in 0..<milliseconds { step() }
    }

    func run(seconds: Int) { run(milliseconds: seconds * 1000) }

    /// Steps until the condition holds; the milliseconds that it took, or `nil` when it never did.
    func milliseconds(limit: Int, until condition: (RackPlant) -> Bool) -> Int? {
        for count in 1...limit {
            step()
            if condition(self) { return count }
        }
        return nil
    }

    func drained() -> [PlantEvent] {
        var events: [PlantEvent] = []
        drainEvents { events.append($0) }
        return events
    }
}
