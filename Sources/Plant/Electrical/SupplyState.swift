/// One rectifier.
struct SupplyState: BitwiseCopyable {
    /// Its share of the current of a perfectly even shelf; drawn once, kept until another one stands in its place.
    var skew: Double
    /// V without load.
    var setpoint: Double
    /// Of the bus current, 0 while it does not work.
    var share = 0.0
    /// 0...1; the output latches off at 1.
    var overload = 0.0
    /// J left in the bulk capacitor above the lowest voltage that the output stage can use.
    var bulkEnergy: Double
    /// V by which the output is lowered to tell that the input is lost; 0 as long as it need not be told.
    var lossDrop = 0.0
    /// Steps until the output comes on after the input returned; 0 = not starting.
    var restart = 0
    var isFailed = false
    /// Its place in the shelf is empty.
    var isAbsent = false
    /// Its MCU pulls the shelf's AC-loss line down.
    var announcesLoss = false
    var isEnabled = true
    var isLatched = false
    /// Whether the bulk capacitor has been charged since it was last empty.
    var isEnergised = true

    /// Whether it feeds the busbar where others, undropped, do too: a supply that has lowered its voltage leaves it to them.
    func carries(besideOthers othersHold: Bool) -> Bool { isWorking && (lossDrop == 0 || !othersHold) }

    var isWorking: Bool { isEnergised && isEnabled && !isFailed && !isLatched && !isAbsent }

    /// `deviation` is where in the tolerance band the specimen lies, -1...1. Within a of 1 with a = tolerance / (2 +
    /// tolerance), no ratio to the mean of any subset leaves the band.
    static func skew(deviation: Double, tolerance: Double) -> Double {
        let amplitude = tolerance / (2 + tolerance)
        return 1 + amplitude * deviation
    }
}
