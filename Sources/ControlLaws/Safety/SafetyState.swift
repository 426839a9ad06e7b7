/// What a rack controller is about, as its log, its telemetry and its Modbus unit say it. The numbers are part of the
/// interface; 0 means that no controller acts.
@frozen
public enum SafetyState: UInt8, Sendable {
    /// Devices are being found and armed; nothing is decided.
    case start = 1
    /// Everything that should be there is there.
    case normal
    /// The law decides, with worst cases in place of what is missing.
    case degraded
    /// Nobody decides: the trays keep their shares of the last budget.
    case failsafe
    /// Load is switched off, since what is left does not carry every tray at its floor.
    case shed
    /// Load comes back, one tray after the other.
    case recovery
}

/// What is missing or wrong, as far as the controller can tell.
///
/// Not an `OptionSet`: its array-literal initialiser counts as an allocation in the embedded build, even unused.
@frozen
public struct SafetyCauses: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Nothing is.
    @inlinable public init() { rawValue = 0 }

    @inlinable public var isEmpty: Bool { rawValue == 0 }
    /// Whether all of `causes` are among them.
    @inlinable public func contains(_ causes: Self) -> Bool { rawValue & causes.rawValue == causes.rawValue }
    @inlinable public func union(_ causes: Self) -> Self { Self(rawValue: rawValue | causes.rawValue) }
    @inlinable public mutating func insert(_ causes: Self) { rawValue |= causes.rawValue }
    @inlinable public mutating func remove(_ causes: Self) { rawValue &= ~causes.rawValue }

    /// A device is absent, or is not what the rack says.
    public static var deviceLost: Self { Self(rawValue: 1 << 0) }
    /// Every device of a bus that has several is absent: the bus is cut.
    public static var busCut: Self { Self(rawValue: 1 << 1) }
    /// The power of a tray cannot be read.
    public static var trayUnread: Self { Self(rawValue: 1 << 2) }
    /// The power of no tray can be read.
    public static var blind: Self { Self(rawValue: 1 << 3) }
    /// A supply does not carry load.
    public static var supplyLost: Self { Self(rawValue: 1 << 4) }
    /// No supply of a feed carries load.
    public static var feedLost: Self { Self(rawValue: 1 << 5) }
    /// Power is above what the supplies or the breakers that are left carry for ever.
    public static var overload: Self { Self(rawValue: 1 << 6) }
    /// A breaker is believed to be more than half way to its trip.
    public static var breakerHot: Self { Self(rawValue: 1 << 7) }
    /// The trays' floors do not fit what is left.
    public static var floorsDoNotFit: Self { Self(rawValue: 1 << 8) }
    /// The word from above is missing, or was to hold the safe state.
    public static var told: Self { Self(rawValue: 1 << 9) }
    /// A tray is off and stays so, because a part of it is missing.
    public static var trayHeldBack: Self { Self(rawValue: 1 << 10) }
    /// A tray is held by the power-brake line.
    public static var braked: Self { Self(rawValue: 1 << 11) }
    /// A tray is off, and waits for its turn or for room.
    public static var trayWaiting: Self { Self(rawValue: 1 << 12) }
}
