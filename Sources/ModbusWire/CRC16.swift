/// The CRC-16 of the Modbus serial-line specification V1.02, section 6.2.2: polynomial x^16 + x^15 + x^2 + 1, bits
/// least significant first, initial value 0xFFFF, sent low octet first.
///
/// No table: the polynomial is (x + 1)(x^15 + x + 1), and modulo the second factor x^15, x^30 and x^60 have two terms
/// each, so a block of eight octets folds into the next with a few shifts. The parity of all bits is the remainder
/// modulo the first factor, and the two remainders make the CRC. An MCU keeps the 512 octets of flash that the usual
/// table takes, and a host is more than twice as fast as with it.
public enum CRC16 {
    @inlinable public static var initial: UInt16 { 0xFFFF }

    /// The CRC of a frame. Over a frame with its CRC the result is 0.
    @inlinable public static func checksum(of octets: Span<UInt8>) -> UInt16 {
        octets.withUnsafeBytes { bytes in checksum(of: bytes) }
    }

    @inlinable public static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt16 {
        // The initial value is added to the first two octets, wherever block limits fall.
        var pending = UInt64(initial)
        var folded: UInt64 = 0
        var sum: UInt64 = 0
        let short = bytes.count & 7
        if short > 0 {
            // Leading zero bits do not change a remainder, so the short block goes first, with zeros in front.
            let shift = UInt64(64 - 8 * short)
            folded = (shortBlock(of: bytes, count: short) ^ pending) << shift
            sum = folded
            pending >>= UInt64(8 * short)
        }
        var offset = short
        while offset < bytes.count {
            let block = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ pending
            pending = 0
            folded = shiftedByBlock(folded) ^ block
            sum ^= block
            offset &+= 8
        }
        return remainder(of: folded, sum: sum) ^ UInt16(truncatingIfNeeded: pending)
    }

    /// The CRC after one more octet.
    @inlinable public static func updated(_ crc: UInt16, with octet: UInt8) -> UInt16 {
        let block = UInt64((crc ^ UInt16(octet)) & 0x00FF) << 56
        return (crc >> 8) ^ remainder(of: block, sum: block)
    }

    /// The first `count` octets, 1...7, little-endian.
    @inlinable static func shortBlock(of bytes: UnsafeRawBufferPointer, count: Int) -> UInt64 {
        var block: UInt64 = 0
        var offset = 0
        if count & 4 != 0 {
            block = UInt64(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
            offset = 4
        }
        if count & 2 != 0 {
            let pair = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
            block |= UInt64(pair) << UInt64(8 * offset)
            offset &+= 2
        }
        if count & 1 != 0 { block |= UInt64(bytes[offset]) << UInt64(8 * offset) }
        return block
    }

    /// A polynomial below x^64, congruent to `block` * x^64 modulo x^15 + x + 1, where x^64 = x^8 + x^4.
    ///
    /// Bit 0 is the coefficient of x^63, as the first bit sent is the highest power: multiplying shifts to the right.
    @inlinable static func shiftedByBlock(_ block: UInt64) -> UInt64 {
        let above = (block << 56) ^ (block << 60)
        return (block >> 4) ^ (block >> 8) ^ (above >> 4) ^ (above >> 8)
    }

    /// The remainder of M * x^16, for a message M that is congruent to `folded` modulo x^15 + x + 1 and whose bits
    /// have the parity of `sum`.
    @inlinable static func remainder(of folded: UInt64, sum: UInt64) -> UInt16 {
        // x^60 = x^4 + 1, then twice x^30 = x^2 + 1, then twice x^15 = x + 1. Bit n holds x^(63 - n).
        var rest = folded
        rest ^= (rest & 0xF) ^ (rest << 60) ^ ((rest & 0xF) << 56)
        let from59to30 = rest & 0x3_FFFF_FFF0
        rest ^= from59to30 ^ (from59to30 << 30) ^ (from59to30 << 28)
        let from31to30 = rest & 0x3_0000_0000
        rest ^= from31to30 ^ (from31to30 << 30) ^ (from31to30 << 28)
        let from29to15 = rest & 0x1_FFFC_0000_0000
        rest ^= from29to15 ^ (from29to15 << 15) ^ (from29to15 << 14)
        let bit15 = rest & 0x1_0000_0000_0000
        rest ^= bit15 ^ (bit15 << 15) ^ (bit15 << 14)
        // Times x^16 = x^2 + x, and back below x^15.
        rest = (rest >> 1) ^ (rest >> 2)
        let from16to15 = rest & 0x1_8000_0000_0000
        rest ^= from16to15 ^ (from16to15 << 15) ^ (from16to15 << 14)
        let candidate = rest >> 48
        // Add x^15 + x + 1, which is odd, where the parities differ: then both remainders agree.
        let odd = parity(of: sum ^ candidate)
        return UInt16(truncatingIfNeeded: candidate ^ ((0 &- odd) & 0xC001))
    }

    @inlinable static func parity(of bits: UInt64) -> UInt64 {
        var bits = bits ^ (bits >> 32)
        bits ^= bits >> 16
        bits ^= bits >> 8
        bits ^= bits >> 4
        return (0x6996 >> (bits & 0xF)) & 1
    }
}
