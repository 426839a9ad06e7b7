/// Unjudging access to the fields of a PDU in a view.
@usableFromInline
enum PDUReader {
    /// The word at `offset`, high octet first; the caller has checked the length.
    @inlinable static func word(_ offset: Int, of pdu: Span<UInt8>) -> UInt16 {
        UInt16(pdu[offset]) << 8 | UInt16(pdu[offset &+ 1])
    }

    @inlinable static func requireLength(_ length: Int, of pdu: Span<UInt8>) throws(PDUError) {
        guard pdu.count == length else { throw .length(expected: length, found: pdu.count) }
    }

    @inlinable static func requireLength(atLeast length: Int, of pdu: Span<UInt8>) throws(PDUError) {
        guard pdu.count >= length else { throw .length(expected: length, found: pdu.count) }
    }

    @inlinable static func requireQuantity(_ quantity: UInt16, upTo highest: Int) throws(PDUError) {
        guard quantity >= 1, Int(quantity) <= highest else {
            throw .quantity(highest: highest, found: Int(quantity))
        }
    }

    /// Octets that hold `bits` bits.
    @inlinable static func octetCount(bits: UInt16) -> Int { (Int(bits) + 7) / 8 }
}
