/// A set of named bits that stands in a register.
///
/// Array literals of option sets allocate in the embedded build: combine flags with `union` or `insert`.
public protocol FlagSet: OptionSet, Hashable, Sendable where RawValue == UInt16, Element == Self {}

extension FlagSet {
    /// Sets or clears one flag.
    @inlinable public mutating func set(_ flag: Self, _ isSet: Bool) {
        if isSet {
            formUnion(flag)
        } else {
            subtract(flag)
        }
    }

    /// The set as a signal's value.
    @inlinable public var signalValue: Int64 { Int64(rawValue) }

    /// The flags that a register value names.
    @inlinable public init(signalValue: Int64) { self.init(rawValue: UInt16(truncatingIfNeeded: signalValue)) }

    /// Only the given bit.
    @inlinable static func bit(_ number: UInt16) -> Self { Self(rawValue: 1 << number) }
}
