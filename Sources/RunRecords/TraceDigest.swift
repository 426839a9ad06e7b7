/// A 64-bit fingerprint of everything that a run did, so that two runs can be compared by one line of text.
///
/// Words are mixed one after another: exclusive-or into the state, multiplication by an odd constant, a shift folded
/// back. Each of the three can be undone, so two traces of equal length that differ in exactly one word always differ
/// in their digest; other collisions are left to chance, 1 in 2^64. It guards against accidents, not against forgery.
///
/// Octets enter in little-endian words and a length goes first, so the digest is the same on every platform and
/// `"ab", "c"` differs from `"a", "bc"`. The vectors in `TraceDigestTests` are frozen: a change of this algorithm
/// makes all recorded digests worthless.
@frozen
public struct TraceDigest: Sendable, Equatable {
    @usableFromInline var state: UInt64

    /// 2^64 divided by the golden ratio, made odd: the usual multiplier of Fibonacci hashing (Knuth, The Art of
    /// Computer Programming, volume 3, section 6.4).
    @usableFromInline static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inlinable
    public init() { state = 0x0123_4567_89AB_CDEF }

    @inlinable @inline(__always)
    public mutating func mix(_ word: UInt64) {
        state = (state ^ word) &* Self.multiplier
        state ^= state &>> 29
    }

    @inlinable @inline(__always)
    public mutating func mix(_ word: Int64) { mix(UInt64(bitPattern: word)) }

    @inlinable @inline(__always)
    public mutating func mix(_ word: Int) { mix(UInt64(bitPattern: Int64(word))) }

    /// Every not-a-number counts as the same value: its payload may differ between processors.
    @inlinable @inline(__always)
    public mutating func mix(_ value: Double) {
        mix(value.isNaN ? 0x7FF8_0000_0000_0000 : value.bitPattern)
    }

    @inlinable
    public mutating func mix(_ octets: UnsafeRawBufferPointer) {
        mix(octets.count)
        var position = 0
        while position &+ 8 <= octets.count {
            mix(UInt64(littleEndian: octets.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            position &+= 8
        }
        guard position < octets.count else { return }
        var last: UInt64 = 0
        var shift: UInt64 = 0
        while position < octets.count {
            last |= UInt64(octets[position]) &<< shift
            shift &+= 8
            position &+= 1
        }
        mix(last)
    }

    /// The UTF-8 octets of the text.
    public mutating func mix(_ text: String) {
        var text = text
        text.withUTF8 { mix(UnsafeRawBufferPointer($0)) }
    }

    /// The fingerprint of what was mixed so far; mixing may go on.
    public var value: UInt64 {
        var spread = state
        spread ^= spread >> 32
        spread = spread &* Self.multiplier
        spread ^= spread >> 29
        spread = spread &* Self.multiplier
        spread ^= spread >> 32
        return spread
    }

    /// 16 lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
