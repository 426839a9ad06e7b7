public import Units

/// What a tray needs before its main power is switched on.
@frozen
public enum TrayPart: UInt8, Sendable {
    case monitor
    case baseboard
    /// Its fan controller, or the coolant that reaches it.
    case cooling
    /// Its limits and comms watchdogs, acknowledged.
    case limits
}

/// One tray that is off, as a scan cycle finds it.
@frozen
public struct TrayReadiness: Equatable, Sendable {
    /// Identified, armed, and answering.
    public var hasMonitor: Bool
    public var hasBaseboard: Bool
    public var hasCooling: Bool
    /// Its lowest cap and its fallback cap were acknowledged, and its comms watchdog runs.
    public var hasLimits: Bool

    @inlinable public init(hasMonitor: Bool, hasBaseboard: Bool, hasCooling: Bool, hasLimits: Bool) {
        self.hasMonitor = hasMonitor
        self.hasBaseboard = hasBaseboard
        self.hasCooling = hasCooling
        self.hasLimits = hasLimits
    }

    /// The first part that is missing, in the order in which a person would look for them.
    @inlinable public var missing: TrayPart? {
        if !hasBaseboard { return .baseboard }
        if !hasMonitor { return .monitor }
        if !hasCooling { return .cooling }
        return hasLimits ? nil : .limits
    }
}

/// Switches trays on one after the other, so that neither a start nor the end of an outage is a single step of load.
///
///     waiting ──a tray is ready, there is room, and the last one was long enough ago──▶ (switch it on) ──▶ waiting
///
/// Purpose: load comes only where limits, watchdogs, sight and cooling are in place, and never in a herd.
///
/// Inputs and how far to trust them: readiness by acknowledged writes and fresh readings alone. Power as read: what is on
/// must leave room for the next tray's floor before it comes, since the caps of the others have to come down first.
///
/// After a restart of the controller: nothing is remembered; trays that are on stay on, and the interval begins anew.
@frozen
public struct BringUp: Equatable, Sendable {
    @usableFromInline var readyAt: Instant
    @usableFromInline let interval: Interval

    @inlinable public init(interval: Interval, from now: Instant = .start) {
        self.interval = interval
        readyAt = now
    }

    /// Whether the next tray, whose lowest cap is `floor`, may be switched on now.
    @inlinable public mutating func admits(floor: Power, power: Power, budget: Power, at now: Instant) -> Bool {
        guard now >= readyAt, power + floor <= budget else { return false }
        readyAt = now + interval
        return true
    }
}
