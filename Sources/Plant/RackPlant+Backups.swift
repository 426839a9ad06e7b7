/// Backup units and UPS: what devices sense of them and do to them. Units are counted over all backup shelves, in order.
extension RackPlant {
    public var backupCount: Int { chain.backupCount }

    /// The unit's number among all units.
    public func backupUnit(shelf: Int, slot: Int) -> Int {
        precondition(backupFirsts.indices.contains(shelf), "there is no backup shelf \(shelf)")
        precondition(slot >= 0 && slot < backupCounts[shelf], "backup shelf \(shelf) has no slot \(slot)")
        return backupFirsts[shelf] + slot
    }

    /// 0...1, of what the store holds when full.
    public func backupCharge(_ unit: Int) -> Double { checkedBackup(unit).pointee.charge }
    /// J inside the store.
    public func backupEnergy(_ unit: Int) -> Double { checkedBackup(unit).pointee.energy }
    /// W into the busbar; below zero it charges.
    public func backupPower(_ unit: Int) -> Double { checkedBackup(unit).pointee.power }
    /// V and A of the store; the current is positive when it is discharged.
    public func backupPackVoltage(_ unit: Int) -> Double { checkedBackup(unit).pointee.packVoltage }
    public func backupPackCurrent(_ unit: Int) -> Double { checkedBackup(unit).pointee.packCurrent }
    /// degC of the store.
    public func backupTemperature(_ unit: Int) -> Double {
        heat.medium[0] + checkedBackup(unit).pointee.smoothedLoss * BackupState.heatResistance
    }
    public func backupHasFailed(_ unit: Int) -> Bool { checkedBackup(unit).pointee.isFailed }
    public func backupCommand(_ unit: Int) -> BackupCommand { checkedBackup(unit).pointee.command }

    /// W into the busbar, all units together.
    public var backupPower: Double {
        var sum = 0.0
        for unit in 0..<chain.backupCount { sum += chain.backups[unit].power }
        return sum
    }

    /// W that supplies and tethers deliver to the busbar.
    public var supplyPower: Double { chain.bus.pointee.voltage * chain.bus.pointee.current }

    public func setBackup(_ unit: Int, to command: BackupCommand) { checkedBackup(unit).pointee.command = command }

    /// The unit gives and takes nothing any more.
    public func failBackup(_ unit: Int) { checkedBackup(unit).pointee.isFailed = true }
    /// A failed unit is replaced, as it was charged.
    public func restoreBackup(_ unit: Int) { checkedBackup(unit).pointee.isFailed = false }

    /// A supply pulls its shelf's AC-loss line down, or lets go.
    public func setACLoss(shelf: Int, slot: Int, asserted: Bool) {
        checked(shelf, slot).pointee.announcesLoss = asserted
    }

    /// Whether every supply that stands in the shelf announces the loss of its input. An empty shelf announces nothing.
    public func acLossIsAnnounced(shelf: Int) -> Bool {
        _ = checked(shelf, 0)
        let state = chain.shelves[shelf]
        var isAnnounced = false
        for slot in state.first..<state.first + state.count where !chain.supplies[slot].isAbsent {
            guard chain.supplies[slot].announcesLoss else { return false }
            isAnnounced = true
        }
        return isAnnounced
    }

    /// `nil` for a feed without a UPS.
    public func upsMode(_ feed: Int) -> UPSMode? { ups(feed)?.pointee.mode }
    /// 0...1 of the overload time of the path that carries the load; at 1 it is given up.
    public func upsHeat(_ feed: Int) -> Double { ups(feed)?.pointee.heat ?? 0 }
    /// 0...1 and above, of its rating.
    public func upsLoad(_ feed: Int) -> Double {
        ups(feed).map { checkedFeed(feed).pointee.power / $0.pointee.ratedPower } ?? 0
    }
    /// 0...1 of its battery.
    public func upsCharge(_ feed: Int) -> Double {
        ups(feed).map { $0.pointee.capacity > 0 ? $0.pointee.energy / $0.pointee.capacity : 0 } ?? 0
    }
    /// Whether it lives on its battery.
    public func upsIsOnBattery(_ feed: Int) -> Bool {
        guard let ups = ups(feed) else { return false }
        return !checkedFeed(feed).pointee.hasUtility && ups.pointee.mode == .inverter
    }

    private func ups(_ feed: Int) -> UnsafeMutablePointer<UPSState>? {
        checkedFeed(feed).pointee.hasUPS ? chain.upses + feed : nil
    }

    func checkedBackup(_ unit: Int) -> UnsafeMutablePointer<BackupState> {
        precondition(unit >= 0 && unit < chain.backupCount, "there is no backup unit \(unit)")
        return chain.backups + unit
    }
}
