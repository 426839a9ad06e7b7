/// Up to 125 register words, the most that one Modbus read carries, without a heap allocation.
@frozen
public struct RegisterBlock: Sendable {
    /// Function code 3 and 4: at most 125 registers in one response.
    public static var capacity: Int { 125 }

    @usableFromInline var words: InlineArray<125, UInt16>
    @usableFromInline var storedCount: Int
    @inlinable public var count: Int { storedCount }

    @inlinable public init() {
        words = InlineArray(repeating: 0)
        storedCount = 0
    }

    /// Takes one more word; false, and no change, when the block is full.
    @inlinable @discardableResult
    public mutating func append(_ word: UInt16) -> Bool {
        guard count < Self.capacity else { return false }
        words[storedCount] = word
        storedCount += 1
        return true
    }

    @inlinable public mutating func removeAll() { storedCount = 0 }

    /// The word at `index`; `index` must be below `count`.
    @inlinable public subscript(index: Int) -> UInt16 {
        precondition(index >= 0 && index < count, "register index beyond the block")
        return words[index]
    }
}
