/// The sums from which the one load line of all sources that share the bus is made.
struct LoadLine: BitwiseCopyable {
    var weights = 0.0
    var setpoints = 0.0
    var droops = 0.0
    var ratedCurrent = 0.0
    var limitCurrent = 0.0
    var working = 0

    /// Adds a source: `weight` is its part of the current share, voltages in V, currents in A.
    mutating func add(weight: Double, setpoint: Double, droop: Double, ratedCurrent: Double, limitCurrent: Double) {
        weights += weight
        setpoints += weight * setpoint
        droops += weight * droop
        self.ratedCurrent += ratedCurrent
        self.limitCurrent += limitCurrent
        working += 1
    }
}
