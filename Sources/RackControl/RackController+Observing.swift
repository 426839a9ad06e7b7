public import Units

/// What observers see of a tray beyond its caps; nothing here changes anything.
extension RackController {
    /// What the tray is taken to want: the peak of its power, slowly forgotten.
    public func demand(tray: Int) -> Power { trays[tray].demand }

    /// Whether the power that the tray counts for was read from it; otherwise it counts for its worst case.
    public func hasFreshPower(tray: Int, at now: Instant) -> Bool {
        for device in [trays[tray].monitor, trays[tray].baseboard] where device >= 0 {
            if devices[device].isOnline, fresh(devices[device].points.power, at: now) != nil { return true }
        }
        return false
    }
}
