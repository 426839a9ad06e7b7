public import Units

/// What a scenario does to what cools the rack as a whole.
public enum CoolingAction: Sendable {
    case failPump(Int)
    case restorePump(Int)
    /// A fan of the rack's fan wall that stands still.
    case stallWallFan(Int)
    case restoreWallFan(Int)
    /// Coolant that runs out in a tray, or elsewhere in the rack: millilitres per minute at the design pressure.
    case leak(tray: Int?, rate: Int64)
    /// The facility water's valve stays where it is.
    case stickValve
    /// The rear door, on which a fan wall hangs.
    case openDoor
    /// The button on the front of a pump unit.
    case pressEmergency(device: Int)
    case setFacilityTemperature(Temperature)
}
