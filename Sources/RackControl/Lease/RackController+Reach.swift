extension RackController {
    /// Whether it reaches any device, or has not had the time to find one: a master that reaches nobody is of no use.
    public var reachesDevices: Bool { isStartingUp || devices.contains { $0.isOnline } }
}
