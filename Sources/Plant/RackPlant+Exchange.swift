/// Units that are pulled out of a running rack and put into it.
extension RackPlant {
    /// The supply is pulled out of its shelf; what its bulk capacitor holds goes with it. Nothing happens to an empty place.
    public func pullSupply(shelf: Int, slot: Int) {
        let supply = checked(shelf, slot)
        guard !supply.pointee.isAbsent else { return }
        chain.bus.pointee.energyCarriedOut += supply.pointee.bulkEnergy
        supply.pointee.isAbsent = true
        supply.pointee.bulkEnergy = 0
        supply.pointee.isEnergised = false
        supply.pointee.restart = 0
        supply.pointee.lossDrop = 0
        supply.pointee.overload = 0
        supply.pointee.announcesLoss = false
        chain.redistribute()
    }

    /// Another supply is put into an empty place: discharged, with its factory's setpoint and nothing latched. Its
    /// output comes on after the soft start. It has the rating, the load line and the losses of its shelf.
    /// - Parameter shareDeviation: where in the shelf's tolerance of the current share this specimen lies, -1...1.
    public func insertSupply(shelf: Int, slot: Int, shareDeviation: Double) {
        let supply = checked(shelf, slot)
        guard supply.pointee.isAbsent else { return }
        let state = chain.shelves + shelf
        precondition((-1...1).contains(shareDeviation), "a deviation lies within the tolerance")
        supply.pointee.isAbsent = false
        supply.pointee.isFailed = false
        supply.pointee.isLatched = false
        supply.pointee.isEnabled = true
        supply.pointee.setpoint = state.pointee.noLoadVoltage
        // The threshold of an overload is the shelf's share tolerance.
        supply.pointee.skew = SupplyState.skew(
            deviation: shareDeviation, tolerance: state.pointee.overloadThreshold)
        state.pointee.isSettled = false
        chain.redistribute()
    }

    /// Whether nothing stands in the supply's place.
    public func supplyIsAbsent(shelf: Int, slot: Int) -> Bool { checked(shelf, slot).pointee.isAbsent }

    /// The backup unit is pulled out of its shelf, with what it holds.
    public func pullBackup(_ unit: Int) {
        let state = checkedBackup(unit)
        chain.bus.pointee.energyCarriedOut += state.pointee.energy
        (state.pointee.command, state.pointee.power, state.pointee.energy) = (.off, 0, 0)
        state.pointee.isAbsent = true
    }

    /// Another backup unit is put into the place, with the data of its shelf.
    /// - Parameter charge: of its store, 0...1.
    public func insertBackup(_ unit: Int, charge: Double) {
        precondition((0...1).contains(charge), "a charge lies between empty and full")
        let state = checkedBackup(unit)
        guard state.pointee.isAbsent else { return }
        (state.pointee.isAbsent, state.pointee.isFailed) = (false, false)
        (state.pointee.smoothedLoss, state.pointee.loss, state.pointee.packCurrent) = (0, 0, 0)
        state.pointee.energy = charge * state.pointee.capacity
        state.pointee.packVoltage = state.pointee.openVoltage
        chain.bus.pointee.energyCarriedOut -= state.pointee.energy
    }
}
