/// The busbar and the sums over all working supplies.
struct BusState: BitwiseCopyable {
    /// F. Input capacitors of the trays; typical, 5 mF behind each tray's hot-swap stage.
    static let capacitancePerTray = 0.005
    /// V below which trays switch themselves off. Typical under-voltage lock-out of a 48 V hot-swap stage.
    static let lockOutVoltage = 40.0
    /// V above which they come back. Typical: the low end of the 46...52 V that Open Rack V3 devices work at.
    static let restoreVoltage = 46.0
    /// s with which a dead bus discharges.
    static let bleedTime = 1.0

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
