/// A two-threshold switch (Schmitt trigger): on at or above one value, off below a lower one, unchanged between.
///
/// O. H. Schmitt, "A thermionic trigger", Journal of Scientific Instruments 15 (1938).
@frozen
public struct Hysteresis<Value: Comparable & Sendable>: Sendable {
    public var risesAt: Value
    /// At most `risesAt`.
    public var fallsBelow: Value

    @inlinable public init(risesAt: Value, fallsBelow: Value) {
        self.risesAt = risesAt
        self.fallsBelow = fallsBelow
    }

    /// The switch's next position.
    @inlinable public func isOn(_ value: Value, was: Bool) -> Bool {
        was ? value >= fallsBelow : value >= risesAt
    }
}
