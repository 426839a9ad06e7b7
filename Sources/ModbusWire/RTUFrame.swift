/// The serial-line ADU: unit identifier, PDU, CRC (serial-line specification V1.02, section 2.3).
@frozen
public struct RTUFrame: Hashable, Sendable {
    /// 0 is broadcast. The specification ends at 247; power shelves in the field use 248...255 too.
    public var unit: UInt8
    /// Where the PDU stands in the ADU.
    public var pdu: PayloadRange

    /// Unit, function, CRC: the shortest frame that can be.
    @inlinable public static var shortestLength: Int { 4 }

    /// Reads an ADU from exactly its octets: length and CRC are right, or it throws.
    @inlinable public init(decoding adu: Span<UInt8>) throws(RTUFrameError) {
        guard adu.count >= Self.shortestLength, adu.count <= ProtocolLimits.rtuLength else {
            throw .length(found: adu.count)
        }
        guard CRC16.checksum(of: adu) == 0 else {
            let sent = UInt16(adu[adu.count - 1]) << 8 | UInt16(adu[adu.count - 2])
            throw .checksum(expected: CRC16.checksum(of: adu.extracting(droppingLast: 2)), found: sent)
        }
        unit = adu[0]
        pdu = PayloadRange(offset: 1, count: adu.count - 3)
    }
}

@frozen
public enum RTUFrameError: Error, Hashable, Sendable {
    /// Shorter than 4 or longer than 256 octets.
    case length(found: Int)
    case checksum(expected: UInt16, found: UInt16)
}

extension FrameBuffer {
    /// Starts a serial-line ADU: clears the buffer and puts the unit identifier. Append the PDU, then `endRTU`.
    @inlinable public mutating func beginRTU(unit: UInt8) {
        removeAll()
        append(unit)
    }

    /// Appends the CRC of all that stands in the buffer.
    @inlinable public mutating func endRTU() {
        let checksum = CRC16.checksum(of: span)
        append(UInt8(truncatingIfNeeded: checksum))
        append(UInt8(truncatingIfNeeded: checksum >> 8))
    }

    /// The PDU of the serial-line ADU in the buffer, empty when there is none.
    @inlinable public var rtuPDU: Span<UInt8> {
        @_lifetime(borrow self) get {
            count >= RTUFrame.shortestLength
                ? octets.span.extracting(1..<(count - 2)) : octets.span.extracting(first: 0)
        }
    }
}
