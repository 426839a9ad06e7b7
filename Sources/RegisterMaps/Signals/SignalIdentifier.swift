/// The number of a signal within its device class, the link between a register map and a firmware state machine.
@frozen
public struct SignalIdentifier: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt16

    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// No signal: the point is plain storage.
    @inlinable public static var none: SignalIdentifier { SignalIdentifier(rawValue: .max) }
}

/// The base unit of a signal. Scales in a device spec are given in the unit's physical terms and end here.
@frozen
public enum SignalUnit: UInt8, HostCaseIterable, Sendable {
    case millivolts
    case milliamperes
    case milliwatts
    case millijoules
    /// Thousandths of a degree Celsius.
    case millidegrees
    case rpm
    case perMille
    case milliseconds
    case seconds
    /// Thousandths of a hertz.
    case millihertz
    case pascals
    case millilitresPerMinute
    /// A number without a unit: counters, states, keys.
    case count
    /// A set of bits.
    case flags
}
