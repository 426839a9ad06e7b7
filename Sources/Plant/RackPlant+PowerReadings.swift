/// What sensors in supplies and feeds would find if they were perfect. SI units.
extension RackPlant {
    /// V of the bulk capacitor when full and when the output stage gives up. Typical of supplies with power-factor
    /// correction at 200...277 V input.
    static let fullBulkVoltage = 420.0
    static let emptyBulkVoltage = 320.0
    /// K per W of loss by which a supply's own fan lets the air warm up, rpm of that fan at full speed, and the share
    /// of it that runs without load. Typical: 15 K at 190 W of loss; 40 mm counter-rotating fans.
    static let supplyAirResistance = 0.08
    static let supplyFanMaximum = 24_000.0
    static let supplyFanMinimum = 0.3

    public var busVoltage: Double { chain.bus.pointee.voltage }
    /// Whether the bus is above the trays' under-voltage lock-out.
    public var busIsLive: Bool { chain.bus.pointee.isLive }
    /// W that all trays together draw from the busbar.
    public var rackPower: Double { chain.bus.pointee.load }
    /// J since the start: taken from the feeds and through tethers, given to the trays, lost in supplies and backup units, and now in the
    /// bulk capacitors of the supplies and in the backup units. What the bus's own capacitance holds is left out.
    public var energyIn: Double { chain.bus.pointee.energyIn }
    public var energyOut: Double { chain.bus.pointee.energyOut }
    public var energyLost: Double { chain.bus.pointee.energyLost }
    /// J that pulled units took out of the rack in their stores, less what their successors brought; below zero where they
    /// brought more.
    public var energyCarriedOut: Double { chain.bus.pointee.energyCarriedOut }
    public var energyStored: Double {
        var sum = 0.0
        for supply in 0..<chain.supplyCount { sum += chain.supplies[supply].bulkEnergy }
        for unit in 0..<chain.backupCount { sum += chain.backups[unit].energy }
        return sum
    }

    /// F on the bus: the input capacitors of the trays.
    public var busCapacitance: Double { chain.bus.pointee.capacitance }

    /// W that the working supplies and tethers may deliver for ever.
    public var ratedCapacity: Double {
        var sum = tetherCapacity
        for shelf in 0..<chain.shelfCount {
            sum += chain.shelves[shelf].ratedPower * Double(chain.shelves[shelf].workingCount)
        }
        return sum
    }

    /// Supplies and tethers that feed the busbar.
    public var workingSupplies: Int { chain.bus.pointee.workingCount }
    public func workingSupplies(shelf: Int) -> Int {
        _ = checked(shelf, 0)
        return chain.shelves[shelf].workingCount
    }

    /// W, A and V at the output.
    public func supplyOutputPower(shelf: Int, slot: Int) -> Double {
        checked(shelf, slot).pointee.share * chain.bus.pointee.voltage * chain.bus.pointee.current
    }

    public func supplyOutputCurrent(shelf: Int, slot: Int) -> Double {
        checked(shelf, slot).pointee.share * chain.bus.pointee.current
    }

    /// 0 behind a supply that is off; a working one is at the bus.
    public func supplyOutputVoltage(shelf: Int, slot: Int) -> Double {
        checked(shelf, slot).pointee.isWorking ? chain.bus.pointee.voltage : 0
    }

    /// W; a supply takes the part of its shelf's input that it has of the shelf's output.
    public func supplyInputPower(shelf: Int, slot: Int) -> Double {
        let supply = checked(shelf, slot)
        let state = chain.shelves + shelf
        guard state.pointee.share > 0, (chain.feeds + state.pointee.feed).pointee.isLive else { return 0 }
        return state.pointee.input * supply.pointee.share / state.pointee.share
    }

    /// A of one phase; a supply hangs between a phase and neutral.
    public func supplyInputCurrent(shelf: Int, slot: Int) -> Double {
        let feed = chain.feeds + chain.shelves[shelf].feed
        return supplyInputPower(shelf: shelf, slot: slot) / (feed.pointee.lineToNeutral * feed.pointee.powerFactor)
    }

    /// Of what the supply draws, 0...1; 1 where nothing flows.
    public func supplyPowerFactor(shelf: Int, slot: Int) -> Double {
        supplyInputPower(shelf: shelf, slot: slot) > 0
            ? (chain.feeds + chain.shelves[shelf].feed).pointee.powerFactor : 1
    }

    /// V, line to neutral.
    public func supplyInputVoltage(shelf: Int, slot: Int) -> Double {
        _ = checked(shelf, slot)
        let feed = chain.feeds + chain.shelves[shelf].feed
        return feed.pointee.isLive ? feed.pointee.lineToNeutral : 0
    }

    /// V of the bulk capacitor: its energy goes with the square of it.
    public func bulkVoltage(shelf: Int, slot: Int) -> Double {
        let supply = checked(shelf, slot)
        let full = chain.shelves[shelf].holdUpEnergy
        let part = full > 0 ? supply.pointee.bulkEnergy / full : 0
        let floor = RackPlant.emptyBulkVoltage * RackPlant.emptyBulkVoltage
        let ceiling = RackPlant.fullBulkVoltage * RackPlant.fullBulkVoltage
        return (floor + (ceiling - floor) * part).squareRoot()
    }

    public func supplyIsOn(shelf: Int, slot: Int) -> Bool { checked(shelf, slot).pointee.isWorking }
    public func supplyHasFailed(shelf: Int, slot: Int) -> Bool { checked(shelf, slot).pointee.isFailed }
    /// Whether an overload has latched its output off.
    public func supplyIsLatched(shelf: Int, slot: Int) -> Bool { checked(shelf, slot).pointee.isLatched }
    /// 0...1; at 1 the output latches off.
    public func supplyOverload(shelf: Int, slot: Int) -> Double { checked(shelf, slot).pointee.overload }
    public func supplySetpoint(shelf: Int, slot: Int) -> Double { checked(shelf, slot).pointee.setpoint }

    /// degC of the air that enters and leaves the supply.
    public func supplyTemperature(shelf: Int, slot: Int) -> (inlet: Double, outlet: Double) {
        let isOn = checked(shelf, slot).pointee.isWorking
        let inlet = heat.medium[0]
        let loss = isOn ? chain.shelves[shelf].smoothedLoss : 0
        return (inlet, inlet + loss * RackPlant.supplyAirResistance)
    }

    /// rpm of the supply's own fan, which follows its load.
    public func supplyFanSpeed(shelf: Int, slot: Int) -> Double {
        guard checked(shelf, slot).pointee.isWorking else { return 0 }
        let load = min(1, max(0, chain.shelves[shelf].load))
        return RackPlant.supplyFanMaximum * (RackPlant.supplyFanMinimum + (1 - RackPlant.supplyFanMinimum) * load)
    }

    /// W through the feed's breaker.
    public func feedPower(_ feed: Int) -> Double { checkedFeed(feed).pointee.power }
    /// A of line current.
    public func feedCurrent(_ feed: Int) -> Double { checkedFeed(feed).pointee.current }
    /// 0...1; at 1 the breaker trips.
    public func breakerHeat(_ feed: Int) -> Double { checkedFeed(feed).pointee.breaker.heat }
    public func breakerTripped(_ feed: Int) -> Bool { checkedFeed(feed).pointee.breaker.isTripped }
    /// Whether the utility delivers and the breaker is closed.
    public func feedIsLive(_ feed: Int) -> Bool { checkedFeed(feed).pointee.isLive }
}
