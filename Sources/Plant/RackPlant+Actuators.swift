/// What devices do to the plant.
extension RackPlant {
    /// The power limit of each accelerator of the tray, W; held between its lowest limit and its rated power.
    public func setAcceleratorLimit(tray: Int, watts: Double) {
        let state = checked(tray)
        let rated = state.pointee.idlePower + state.pointee.dynamicPower
        let limit = min(rated, max(state.pointee.minimumLimit, watts))
        guard limit != state.pointee.limit else { return }
        state.pointee.limit = limit
        state.pointee.mustRetarget = true
        bank.retarget(tray)
    }

    /// What the tray's optical modules draw.
    public func setOpticsPower(tray: Int, watts: Double) {
        let state = checked(tray)
        state.pointee.opticsPower = max(0, watts)
        state.pointee.mustRetarget = true
        bank.retarget(tray)
    }

    /// Pulls or lets go the power-brake line of the tray's accelerators.
    public func setBrake(tray: Int, engaged: Bool) {
        let state = checked(tray)
        guard engaged != state.pointee.isBraked else { return }
        state.pointee.isBraked = engaged
        state.pointee.mustRetarget = true
        bank.retarget(tray)
    }

    /// Switches the tray's input. Switched on, it boots before it works.
    public func setPower(tray: Int, on: Bool) {
        let state = checked(tray)
        guard on != state.pointee.isOn else { return }
        if on { heat.clearShutdowns(tray) }
        bank.setPower(tray: tray, on: on)
        fans.retarget(tray)
    }

    /// The duty of all fans of the tray, 0...1.
    public func setFanDuty(tray: Int, duty: Double) {
        _ = checked(tray)
        fans.setDuty(duty, group: tray)
    }

    /// Switches a supply's output. Switching off and on clears the latch of an overload.
    public func setSupplyOutput(shelf: Int, slot: Int, enabled: Bool) {
        let supply = checked(shelf, slot)
        guard enabled != supply.pointee.isEnabled else { return }
        supply.pointee.isEnabled = enabled
        if !enabled { supply.pointee.isLatched = false }
        chain.redistribute()
    }

    /// The supply's voltage without load, V. The bus follows the mean of all working supplies; their active current
    /// share keeps the currents even.
    public func setSupplySetpoint(shelf: Int, slot: Int, volts: Double) {
        let supply = checked(shelf, slot)
        guard volts != supply.pointee.setpoint else { return }
        supply.pointee.setpoint = volts
        chain.redistribute()
    }

    /// Connects a shelf's supplies to its feed, or cuts them off it; they live on their bulk capacitors then.
    public func setShelfInput(shelf: Int, on: Bool) {
        _ = checked(shelf, 0)
        chain.shelves[shelf].feed = on ? chain.shelves[shelf].ownFeed : chain.feedCount
        chain.shelves[shelf].isSettled = false
    }

    /// Closes a tripped breaker; its heat stays.
    public func resetBreaker(_ feed: Int) {
        checkedFeed(feed).pointee.breaker.reset()
        chain.unsettle(feed: feed)
    }

    func checked(_ tray: Int) -> UnsafeMutablePointer<TrayState> {
        precondition(tray >= 0 && tray < bank.count, "there is no tray \(tray)")
        return bank.trays + tray
    }

    func checked(_ shelf: Int, _ slot: Int) -> UnsafeMutablePointer<SupplyState> {
        precondition(shelf >= 0 && shelf < chain.shelfCount, "there is no shelf \(shelf)")
        precondition(slot >= 0 && slot < chain.shelves[shelf].count, "shelf \(shelf) has no slot \(slot)")
        return chain.supplies + chain.shelves[shelf].first + slot
    }

    func checkedFeed(_ feed: Int) -> UnsafeMutablePointer<FeedState> {
        precondition(feed >= 0 && feed < chain.feedCount, "there is no feed \(feed)")
        return chain.feeds + feed
    }
}
