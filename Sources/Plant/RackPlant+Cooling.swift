/// The fan wall and the liquid loop: what devices and scenarios do to them, and what perfect sensors would find. SI units.
extension RackPlant {
    var loop: LiquidLoop { heat.loop }

    // MARK: Fan wall

    public var hasFanWall: Bool { fans.wall >= 0 }
    public var wallFanCount: Int { hasFanWall ? fans.count(group: fans.wall) : 0 }
    /// W of all fans of the wall.
    public var wallPower: Double { bank.wallPower[0] }
    /// 0...1, as last set.
    public var wallDuty: Double { fans.duty(group: checkedWall) }
    /// rpm.
    public func wallFanSpeed(_ fan: Int) -> Double { fans.speed(group: checkedWall, fan: fan) }
    public func setWallDuty(_ duty: Double) { fans.setDuty(duty, group: checkedWall) }
    /// The fan stands still whatever its duty, or turns again.
    public func setWallFan(_ fan: Int, isStalled: Bool) {
        fans.setStalled(isStalled, group: checkedWall, fan: fan)
    }

    /// The rear door, on which a fan wall hangs.
    public var doorIsOpen: Bool { fans.doorIsOpen[0] }
    public func setDoor(isOpen: Bool) { fans.doorIsOpen[0] = isOpen }

    /// degC of the air that leaves the trays which breathe through the wall: the mean of theirs.
    public var wallOutletTemperature: Double {
        var (sum, count) = (0.0, 0)
        for tray in 0..<bank.count where fans.breathesThroughWall(tray: tray) {
            sum += heat.trays[tray].outletTemperature
            count += 1
        }
        return count > 0 ? sum / Double(count) : heat.medium[0]
    }

    private var checkedWall: Int {
        precondition(hasFanWall, "the rack has no fan wall")
        return fans.wall
    }

    /// Accelerators that have shut themselves down because they were too hot, now.
    public var shutdownCount: Int {
        var count = 0
        for slot in 0..<heat.acceleratorCount where heat.level[slot] < 0 { count += 1 }
        return count
    }

    // MARK: Liquid loop: readings

    public var hasLiquidLoop: Bool { loop.exists }
    /// Whether trays can be shut off from the loop one by one.
    public var hasBranchValves: Bool { loop.hasBranchValves }
    public var pumpCount: Int { loop.pumps.count }
    /// rpm.
    public func pumpSpeed(_ pump: Int) -> Double { loop.pumps.speed(pump: pump) }
    /// 0...1, as last set.
    public func pumpDuty(_ pump: Int) -> Double { loop.pumps.duty(pump: pump) }
    /// W of all pumps.
    public var pumpPower: Double { bank.pumpPower[0] }
    /// kg/s through all trays.
    public var coolantFlow: Double { loop.state.pointee.flow }
    /// Pa that the pumps make.
    public var coolantPressure: Double { loop.state.pointee.pressure }
    /// degC of what goes to the trays and of what comes back; of what enters the trays where there is no loop.
    public var coolantSupplyTemperature: Double { heat.medium[1] }
    public var coolantReturnTemperature: Double {
        loop.exists ? loop.state.pointee.back : heat.medium[1]
    }
    /// W that the facility water takes away.
    public var coolantHeat: Double { loop.state.pointee.heat }
    /// degC of the facility water that comes in.
    public var facilityTemperature: Double { loop.state.pointee.facility }
    /// Of the facility water's valve, 0...1.
    public var facilityValve: Double { loop.state.pointee.valve }
    /// What the pump unit asks of it, 0...1.
    public var facilityValveSignal: Double { loop.state.pointee.valveSignal }
    /// kg/s of facility water: in proportion to the position of a pressure-independent valve.
    public var facilityFlow: Double { loop.exists ? loop.facilityDesignFlow * loop.state.pointee.valve : 0 }
    /// degC of the facility water that goes back.
    public var facilityReturnTemperature: Double {
        let carried = facilityFlow * PlantConfiguration.waterHeatCapacity
        return loop.state.pointee.facility + (carried > 1 ? loop.state.pointee.heat / carried : 0)
    }
    /// Level of the reservoir, 0...1.
    public var coolantLevel: Double { loop.level }
    /// Share of the tray's design flow; 1 where there is no loop.
    public func coolantShare(tray: Int) -> Double {
        _ = checked(tray)
        return loop.exists ? loop.branches[tray].share : 1
    }
    public func branchIsOpen(tray: Int) -> Bool {
        _ = checked(tray)
        return loop.branches[tray].isOpen
    }
    /// kg of coolant that have run out in the tray, and elsewhere in the rack.
    public func spilledCoolant(tray: Int) -> Double {
        _ = checked(tray)
        return loop.branches[tray].spilled
    }
    public var spilledCoolant: Double { loop.state.pointee.spilled }

    // MARK: Liquid loop: what devices do

    public func setPumpDuty(_ pump: Int, duty: Double) { loop.pumps.setDuty(duty, pump: pump) }
    /// Where the pump unit wants the facility water's valve, 0...1: it goes there, unless it has an MCU of its own.
    public func setFacilityValve(_ position: Double) {
        loop.state.pointee.valveSignal = min(1, max(0, position))
        if !loop.state.pointee.valveHasOwnDrive { loop.state.pointee.valveTarget = loop.state.pointee.valveSignal }
    }
    /// Where the valve's own MCU drives it, 0...1.
    public func driveFacilityValve(_ position: Double) {
        loop.state.pointee.valveHasOwnDrive = true
        loop.state.pointee.valveTarget = min(1, max(0, position))
    }
    /// Opens or shuts a tray's branch; nothing happens where the loop has no such valves.
    public func setBranch(tray: Int, isOpen: Bool) {
        _ = checked(tray)
        if loop.hasBranchValves { loop.setBranch(tray: tray, isOpen: isOpen) }
    }

    // MARK: Liquid loop: what scenarios do

    public func setPump(_ pump: Int, hasFailed: Bool) { loop.pumps.setFailed(hasFailed, pump: pump) }
    public func setFacilityValve(isStuck: Bool) { loop.state.pointee.valveIsStuck = isStuck }
    public func setFacilityTemperature(_ celsius: Double) { loop.state.pointee.facility = celsius }
    /// kg/s that run out in the tray at the design pressure; 0 ends it.
    public func setLeak(tray: Int, rate: Double) {
        _ = checked(tray)
        loop.branches[tray].leak = max(0, rate)
    }
    /// The same outside the trays: in the pump unit, hoses or manifolds.
    public func setLeak(rate: Double) { loop.state.pointee.leak = max(0, rate) }
    /// The leak is mended and mopped up, and what was lost is filled in again.
    public func mendLeak(tray: Int) {
        setLeak(tray: tray, rate: 0)
        loop.refill(loop.branches[tray].spilled)
        loop.branches[tray].spilled = 0
    }
    public func mendLeak() {
        setLeak(rate: 0)
        loop.refill(loop.state.pointee.spilled)
        loop.state.pointee.spilled = 0
    }
}
