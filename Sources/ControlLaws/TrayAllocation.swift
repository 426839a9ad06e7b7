public import Units

/// One tray as the capping laws see it: measurements and policy in, a cap out.
///
/// Plain old data: the caller keeps one per tray in a buffer of its own and hands the buffer to the laws.
@frozen
public struct TrayAllocation: Sendable {
    /// What the tray counts for now: its reading, or its worst case where there is none, or the cap just asked for
    /// while the tray is still on its way down to it.
    public var power: Power
    /// The highest power that it has lately wanted: below this, taking cap away costs work.
    public var demand: Power
    /// The cap in force before a law, the cap to ask for after it.
    public var cap: Power
    /// The cap that a law aims at, where it says so tray by tray.
    public var wanted: Power
    /// The most that the limits which may be in force now let it draw; never below `cap`.
    public var bound: Power
    /// The lowest cap that it may be given.
    public var floor: Power
    /// The highest power that it can draw.
    public var ceiling: Power
    /// Greater is served first and cut last.
    public var priority: Int32
    /// Whether a cap can be given to it now. Otherwise it counts for `bound`, whatever the laws do.
    public var isControllable: Bool
    /// Whether it follows its cap; the power of one that does not cannot be cut by a lower cap.
    public var obeys: Bool
    /// Whether its cap holds it back: it draws what it is allowed.
    public var isHungry: Bool

    @inlinable public init(
        power: Power, demand: Power, cap: Power, bound: Power, floor: Power, ceiling: Power, priority: Int32 = 0,
        isControllable: Bool = true, obeys: Bool = true, isHungry: Bool = false
    ) {
        self.power = power
        self.demand = demand
        self.cap = cap
        wanted = cap
        self.bound = bound
        self.floor = floor
        self.ceiling = ceiling
        self.priority = priority
        self.isControllable = isControllable
        self.obeys = obeys
        self.isHungry = isHungry
    }

    /// What the tray takes from a budget that must hold once every asked cap is in force.
    @inlinable public var claim: Power { isControllable ? cap : bound }
}
