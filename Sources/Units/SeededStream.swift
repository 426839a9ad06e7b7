/// A repeatable stream of random bits: the only source of chance in the deterministic floors.
///
/// One seed per run, split by name: a stream that is added later does not disturb those that were there before.
/// The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014);
/// names enter through FNV-1a with 64 bits (Fowler, Noll, Vo). Neither is fit for secrets.
@frozen
public struct SeededStream: Sendable {
    @usableFromInline var state: UInt64

    /// The stream of this run that belongs to `name`, and to the `index`-th of its kind.
    @inlinable public init(seed: UInt64, name: StaticString, index: UInt64 = 0) {
        let hash = name.withUTF8Buffer { octets in
            var hash = SeededStream.emptyNameHash
            for octet in octets { hash = SeededStream.nameHash(hash, adding: octet) }
            return hash
        }
        self.init(seed: seed, nameHash: hash, index: index)
    }

    /// For names that are only known when the program runs: start with `emptyNameHash`, add octet by octet.
    @inlinable public init(seed: UInt64, nameHash: UInt64, index: UInt64 = 0) {
        // Each part is scrambled before the next is mixed in, so that neighbouring seeds and indices are unrelated.
        let seeded = SeededStream.scrambled(seed &+ 0x9E37_79B9_7F4A_7C15)
        let named = SeededStream.scrambled(seeded ^ nameHash)
        state = SeededStream.scrambled(named &+ index &* 0xD1B5_4A32_D192_ED03)
    }

    /// FNV-1a offset basis, 64 bits.
    @inlinable public static var emptyNameHash: UInt64 { 0xCBF2_9CE4_8422_2325 }

    @inlinable public static func nameHash(_ hash: UInt64, adding octet: UInt8) -> UInt64 {
        (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
    }

    /// The next 64 bits.
    @inlinable public mutating func next() -> UInt64 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        return SeededStream.scrambled(state)
    }

    /// A whole number in `0..<bound`, every one equally likely to within 2^-64 * bound. `bound` must not be 0.
    @inlinable public mutating func next(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "a bound of zero leaves nothing to draw")
        return next().multipliedFullWidth(by: bound).high
    }

    /// Whether something happens that happens with this chance; a chance of 0 or less never, of 1000 or more always.
    @inlinable public mutating func happens(withChance chance: PerMille) -> Bool {
        Int64(next(below: 1000)) < chance.rawValue
    }

    @inlinable static func scrambled(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits &>> 31)
    }
}
