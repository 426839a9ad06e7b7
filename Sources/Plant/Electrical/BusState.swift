/// The busbar and the sums over all working supplies.
struct BusState: BitwiseCopyable {
    /// s with which a dead bus discharges.
    static let bleedTime = 1.0

    let level: BusbarLevel
    /// F. Input capacitors of the trays.
    let capacitance: Double
    var voltage: Double
    var current = 0.0
    /// W drawn by the trays.
    var load = 0.0
    /// Of the load line: V without load, Ohm.
    var sourceVoltage = 0.0
    var resistance = 0.0
    /// A that all working supplies together deliver at most.
    var limitCurrent = 0.0
    var workingCount = 0
    /// Greatest load fraction of any supply per W on the bus.
    var highestLoadPerWatt = 0.0
    var isSagging = false
    var isLive = true
    /// Some supply's overload is not 0.
    var hasOverload = false
    /// J since the start.
    var energyIn = 0.0
    var energyOut = 0.0
    var energyLost = 0.0
    /// J that pulled units took out of the rack, less what their successors brought.
    var energyCarriedOut = 0.0
}
