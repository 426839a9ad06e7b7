import Units

/// What the controller keeps of a battery or capacitor unit.
struct BackupRecord {
    /// Into the controller's devices.
    var device: Int
    var plate: Int
    /// Into the controller's set points.
    var setPoints: Range<Int>
    /// As last read; zero until it was.
    var charge = PerMille.zero
    var isHolding = false
    /// What it is told to take at most.
    var chargeLimit = Power.zero
    /// It was found not full, and has not been found full since.
    var wantsCharge = false
}

/// One register of a unit that the controller keeps at a value.
struct BackupSetPoint {
    enum Meaning {
        case command
        case floor
        case ceiling
        case rampUp
        case rampDown
        case chargeLimit
        case chargeCurrent
    }

    var meaning: Meaning
    /// Into the controller's writable points.
    var point: Int
    /// In the signal's base unit; what the unit acknowledged last, `nil` where nothing is known.
    var wanted: Int64
    var confirmed: Int64?
}
