public import Units

/// A tray as it is seen from outside.
public struct LiveTray: Equatable, Sendable {
    /// What a tray may be in, worst last. The words are shown as they are.
    public enum Condition: String, CaseIterable, Sendable {
        case online
        /// Being identified, read and set up.
        case arming
        /// Its readings are too old to be believed.
        case stale
        /// Its accelerators slow down because they are too hot.
        case throttling
        /// Its comms watchdog expired: the default cap is in force.
        case fallback
        /// Its fans run at failsafe duty.
        case failsafe
        /// Its power monitor pulls the power-brake line.
        case brake
        /// Nothing answers.
        case lost
        /// Switched off, or without supply.
        case off
        /// Its protection opened.
        case tripped
    }

    public var name: String
    public var power: Power?
    /// The cap that the controller wants, and the one that the BMC is known to hold.
    public var askedCap: Power?
    public var heldCap: Power?
    /// What the tray would draw if it could, the least cap that it can keep, and the most that it can draw.
    public var demand: Power?
    public var floor: Power?
    public var ceiling: Power?
    /// The hottest spot.
    public var temperature: Temperature?
    /// Duty of the fans.
    public var duty: PerMille?
    public var conditions: [Condition] = []

    public init(name: String) { self.name = name }

    /// Whether anything but `online` holds.
    public var isTroubled: Bool { conditions.contains { $0 != .online } }
    public var isOnline: Bool { conditions.contains(.online) }
}
