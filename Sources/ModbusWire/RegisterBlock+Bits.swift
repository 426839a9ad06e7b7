extension RegisterBlock {
    /// A coil or discrete input of a block that was filled from functions 1 or 2: 16 to a word, the first in the least
    /// significant bit of the first word. `index` must be below 16 times `count`.
    @inlinable public func bit(_ index: Int) -> Bool {
        precondition(index >= 0 && index < 16 * count, "bit index beyond the block")
        return self[index / 16] >> UInt16(index % 16) & 1 == 1
    }
}
