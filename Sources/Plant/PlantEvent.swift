/// Something that happened in the plant of its own accord, or that changes what its parts can do.
public enum PlantEvent: Hashable, Sendable, BitwiseCopyable {
    /// The feed's breaker opened; it stays open until it is reset.
    case breakerTripped(feed: Int)
    case feedLost(feed: Int)
    case feedRestored(feed: Int)
    /// The utility is away and the feed lives on its UPS; the utility is back.
    case upsOnBattery(feed: Int)
    case upsBackOnUtility(feed: Int)
    /// An overload used up the inverter's time: the load is on the bypass, and then on the inverter again.
    case upsBypassed(feed: Int)
    case upsBackOnInverter(feed: Int)
    /// Nothing comes out of the UPS: its battery is empty, or its overload time is used up.
    case upsOff(feed: Int)
    /// The backup unit has nothing left to give.
    case backupExhausted(unit: Int)
    /// The tether feeds the busbar no longer; it feeds it again.
    case tetherStopped(tether: Int)
    case tetherStarted(tether: Int)
    /// The way to the other rack could not carry what the tether drew, and its hardware stopped it.
    case tetherStarved(tether: Int)
    /// The supply carried more than its rating for too long and has latched its output off.
    case supplyOverloaded(shelf: Int, slot: Int)
    /// The supply's bulk capacitor is empty: hold-up is over.
    case supplyStopped(shelf: Int, slot: Int)
    /// The supply's output is on again.
    case supplyStarted(shelf: Int, slot: Int)
    /// The busbar fell below the trays' under-voltage lock-out: every tray is off.
    case busCollapsed
    /// The busbar is back and the trays boot.
    case busRestored
    case throttleBegan(tray: Int, accelerator: Int)
    case throttleEnded(tray: Int, accelerator: Int)
    /// The accelerator got too hot and switched itself off until its tray is power-cycled.
    case thermalShutdown(tray: Int, accelerator: Int)
    /// A tray's request queue was full and a request was refused; told once per tray until the queue was empty again.
    case requestsRefused(tray: Int)
}
