/// What a scenario does to the plant.
extension RackPlant {
    /// The supply's output dies and stays dead.
    public func failSupply(shelf: Int, slot: Int) {
        checked(shelf, slot).pointee.isFailed = true
        chain.redistribute()
    }

    /// A failed supply is replaced: its output is back, without a latched overload.
    public func restoreSupply(shelf: Int, slot: Int) {
        let supply = checked(shelf, slot)
        supply.pointee.isFailed = false
        supply.pointee.isLatched = false
        supply.pointee.overload = 0
        chain.redistribute()
    }

    /// The utility is gone: the feed lives on its UPS, or the supplies on their bulk capacitors.
    public func loseFeed(_ feed: Int) {
        _ = checkedFeed(feed)
        chain.setUtility(false, feed: feed)
    }

    public func restoreFeed(_ feed: Int) {
        _ = checkedFeed(feed)
        chain.setUtility(true, feed: feed)
    }

    /// The fan stands still whatever its duty.
    public func stallFan(tray: Int, fan: Int) {
        _ = checked(tray)
        fans.setStalled(true, group: tray, fan: fan)
    }

    public func restoreFan(tray: Int, fan: Int) {
        _ = checked(tray)
        fans.setStalled(false, group: tray, fan: fan)
    }

    /// Air that enters the rack, degC.
    public func setInletTemperature(_ celsius: Double) { heat.medium[0] = celsius }

    /// Liquid that enters the trays, degC; a liquid loop goes its own way from there.
    public func setCoolantTemperature(_ celsius: Double) {
        heat.medium[1] = celsius
        loop.state.pointee.supply = celsius
    }

    /// A new mean load, 0...1, for every workload that has one: constant and inference.
    public func setDemand(_ demand: Double) { workloads.setDemand(demand) }

    /// Every workload goes back to the mean load of its configuration.
    public func restoreDemand() { workloads.restoreDemand() }
}
