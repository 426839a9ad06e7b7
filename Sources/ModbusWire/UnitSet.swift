/// A set of unit identifiers, 0...255, in place.
@frozen
public struct UnitSet: Sendable {
    @usableFromInline var words: InlineArray<4, UInt64>

    /// No unit.
    @inlinable public init() { words = InlineArray(repeating: 0) }

    /// Every unit there can be.
    @inlinable public static var all: UnitSet {
        var set = UnitSet()
        for index in 0..<4 { set.words[index] = .max }
        return set
    }

    @inlinable public func contains(_ unit: UInt8) -> Bool {
        words[Int(unit >> 6)] & (1 << UInt64(unit & 63)) != 0
    }

    @inlinable public mutating func insert(_ unit: UInt8) {
        words[Int(unit >> 6)] |= 1 << UInt64(unit & 63)
    }
}
