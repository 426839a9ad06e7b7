/// A physical quantity held as a whole number of its finest unit.
///
/// Integers make the embedded core, the controller and every platform agree bit for bit; a type per quantity keeps
/// watts from being added to volts. Arithmetic traps on overflow: the ranges below exceed any rack by orders of
/// magnitude, so an overflow is a programming error and never a matter of input.
public protocol Quantity: Comparable, Hashable, Sendable {
    /// The amount in the quantity's finest unit, which each type names.
    var rawValue: Int64 { get }
    init(rawValue: Int64)
}

extension Quantity {
    @inlinable public static var zero: Self { Self(rawValue: 0) }

    @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    @inlinable public static func + (left: Self, right: Self) -> Self {
        Self(rawValue: left.rawValue + right.rawValue)
    }
    @inlinable public static func - (left: Self, right: Self) -> Self {
        Self(rawValue: left.rawValue - right.rawValue)
    }
    @inlinable public static prefix func - (value: Self) -> Self { Self(rawValue: -value.rawValue) }
    @inlinable public static func += (left: inout Self, right: Self) { left = left + right }
    @inlinable public static func -= (left: inout Self, right: Self) { left = left - right }
    @inlinable public static func * (left: Self, right: Int64) -> Self { Self(rawValue: left.rawValue * right) }
    @inlinable public static func / (left: Self, right: Int64) -> Self { Self(rawValue: left.rawValue / right) }

    /// This amount multiplied by `numerator / denominator`, rounded toward zero.
    @inlinable public func scaled(by numerator: Int64, over denominator: Int64) -> Self {
        Self(rawValue: rawValue * numerator / denominator)
    }

    /// This share of the amount, rounded toward zero.
    @inlinable public func scaled(by ratio: PerMille) -> Self { scaled(by: ratio.rawValue, over: 1000) }

    /// The nearest value inside `range`.
    @inlinable public func clamped(to range: ClosedRange<Self>) -> Self {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
