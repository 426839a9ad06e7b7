// What the event log of a rack wants to know of each firmware with a comms watchdog: whether no accepted write has come
// since it expired. The status registers say the same to who polls them.

extension PowerMonitor {
    public var hasWatchdogExpired: Bool { command.hasExpired }
}

extension Baseboard {
    public var hasWatchdogExpired: Bool { command.hasExpired }
}

extension FanController {
    public var hasWatchdogExpired: Bool { command.hasExpired }
}

extension PumpUnit {
    public var hasWatchdogExpired: Bool { command.hasExpired }
}

extension BackupUnit {
    /// Only smoothing needs a controller: a unit that was not told to smooth gives nothing up.
    public var hasWatchdogExpired: Bool { settings.command == .smoothing && command.hasExpired }
}
