/// A set of named bits that stands in a register.
///
/// Not an `OptionSet`: its array-literal initialiser counts as an allocation in the embedded build, even unused. The
/// operations have the same names and meanings; flags are combined with `union`.
public protocol FlagSet: RawRepresentable, Hashable, Sendable where RawValue == UInt16 {
    init(rawValue: UInt16)
}

extension FlagSet {
    /// The empty set.
    @inlinable public init() { self.init(rawValue: 0) }
    /// The flags that a register value names.
    @inlinable public init(signalValue: Int64) { self.init(rawValue: UInt16(truncatingIfNeeded: signalValue)) }
    /// Only the given bit.
    @inlinable public static func bit(_ number: UInt16) -> Self { Self(rawValue: 1 << number) }

    /// The set as a signal's value.
    @inlinable public var signalValue: Int64 { Int64(rawValue) }
    @inlinable public var isEmpty: Bool { rawValue == 0 }

    /// Whether all of `flags` are set.
    @inlinable public func contains(_ flags: Self) -> Bool { rawValue & flags.rawValue == flags.rawValue }
    @inlinable public func union(_ flags: Self) -> Self { Self(rawValue: rawValue | flags.rawValue) }
    @inlinable public func intersection(_ flags: Self) -> Self { Self(rawValue: rawValue & flags.rawValue) }
    @inlinable public func subtracting(_ flags: Self) -> Self { Self(rawValue: rawValue & ~flags.rawValue) }

    @inlinable public mutating func formUnion(_ flags: Self) { self = union(flags) }
    @inlinable public mutating func subtract(_ flags: Self) { self = subtracting(flags) }

    /// Sets or clears flags.
    @inlinable public mutating func set(_ flags: Self, _ isSet: Bool) {
        self = isSet ? union(flags) : subtracting(flags)
    }
}
