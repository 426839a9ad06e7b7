extension RackPlant {
    /// Whether any accelerator of the tray slows down because it is too hot.
    public func trayIsThrottling(_ tray: Int) -> Bool {
        _ = checked(tray)
        return heat.trays[tray].isThrottling
    }
}
