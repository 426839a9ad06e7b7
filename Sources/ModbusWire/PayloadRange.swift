/// Where the variable part of a decoded PDU stands in the view from which it was decoded.
///
/// Decoding copies nothing: ask the view for the octets, words or bits of the range. Every accessor checks both the
/// range and the view, so a range used on another view yields `nil` and never an octet from outside.
@frozen
public struct PayloadRange: Hashable, Sendable {
    /// Octets from the start of the view.
    public var offset: UInt16
    /// Octets.
    public var count: UInt16

    @inlinable public init(offset: Int, count: Int) {
        self.offset = UInt16(truncatingIfNeeded: offset)
        self.count = UInt16(truncatingIfNeeded: count)
    }

    @inlinable public static var empty: PayloadRange { PayloadRange(offset: 0, count: 0) }

    /// Whole words in the range.
    @inlinable public var wordCount: Int { Int(count) / 2 }
}

extension PayloadRange {
    @inlinable public func octet(_ index: Int, of view: Span<UInt8>) -> UInt8? {
        let position = Int(offset) &+ index
        guard index >= 0, index < Int(count), position < view.count else { return nil }
        return view[position]
    }

    /// A big-endian word, counted from 0.
    @inlinable public func word(_ index: Int, of view: Span<UInt8>) -> UInt16? {
        guard index >= 0, index < wordCount else { return nil }
        let position = Int(offset) &+ 2 &* index
        guard position &+ 1 < view.count else { return nil }
        return UInt16(view[position]) << 8 | UInt16(view[position &+ 1])
    }

    /// A bit of a coil payload: bit 0 is the least significant bit of the first octet.
    @inlinable public func bit(_ index: Int, of view: Span<UInt8>) -> Bool? {
        guard index >= 0, let octet = octet(index >> 3, of: view) else { return nil }
        return octet >> UInt8(index & 7) & 1 == 1
    }

    /// The octets themselves; empty when the view is too short for the range.
    @inlinable @_lifetime(copy view)
    public func octets(of view: Span<UInt8>) -> Span<UInt8> {
        let end = Int(offset) + Int(count)
        guard end <= view.count else { return view.extracting(first: 0) }
        return view.extracting(Int(offset)..<end)
    }
}
