public import Units

/// How long a thing must last before the safety machine believes it.
@frozen
public struct SafetyTiming: Equatable, Sendable {
    /// Of seeing nothing, until the law is no longer trusted with worst cases alone. Twice the age at which the usual
    /// reading is stale; arbitrary.
    public var blindPatience = Interval.seconds(1)
    /// Of floors that do not fit, until load is switched off: caps and brakes act first, and a rectifier bears 160 % for some
    /// 10 s (typical).
    public var shedPatience = Interval.seconds(2)
    /// Of room for the next tray, until shed load comes back: a supply that hiccups must not take trays with it each time.
    /// Arbitrary.
    public var roomPatience = Interval.seconds(10)
    /// Of having nothing left to switch on, until recovery is over. The actuation time of a BMC (typical) and a second.
    public var recoveryHold = Interval.seconds(3)
    /// Of having nothing missing, until a degraded rack counts as normal. Arbitrary.
    public var soundHold = Interval.seconds(1)

    @inlinable public init() {}
}
