/// The seven octets before a PDU on TCP (Modbus messaging on TCP/IP implementation guide V1.0b, section 3.1.3).
@frozen
public struct MBAPHeader: Hashable, Sendable {
    @inlinable public static var length: Int { 7 }
    /// What the length field may say: unit identifier and a PDU of 1...253 octets.
    @inlinable public static var lengthField: ClosedRange<Int> { 2...254 }

    public var transaction: UInt16
    public var unit: UInt8
    /// Octets of the PDU, 1...253.
    public var pduLength: Int

    @inlinable public init(transaction: UInt16, unit: UInt8, pduLength: Int) {
        self.transaction = transaction
        self.unit = unit
        self.pduLength = pduLength
    }

    /// Octets of the whole ADU.
    @inlinable public var aduLength: Int { Self.length + pduLength }

    /// Reads the header of an ADU; the PDU may still be missing. A violation is fatal for the stream, since nothing
    /// tells where the next ADU would begin.
    @inlinable public init(decoding octets: Span<UInt8>) throws(MBAPError) {
        guard octets.count >= Self.length else { throw .truncated(expected: Self.length, found: octets.count) }
        let identifier = PDUReader.word(2, of: octets)
        guard identifier == 0 else { throw .protocolIdentifier(found: identifier) }
        let length = PDUReader.word(4, of: octets)
        guard Self.lengthField.contains(Int(length)) else { throw .lengthField(found: length) }
        transaction = PDUReader.word(0, of: octets)
        unit = octets[6]
        pduLength = Int(length) - 1
    }
}

@frozen
public enum MBAPError: Error, Hashable, Sendable {
    case truncated(expected: Int, found: Int)
    /// Not 0: this is not Modbus.
    case protocolIdentifier(found: UInt16)
    /// Outside 2...254.
    case lengthField(found: UInt16)
}

extension FrameBuffer {
    /// Starts a TCP ADU: clears the buffer and puts the header. Append the PDU, then `endTCP`.
    @inlinable public mutating func beginTCP(transaction: UInt16, unit: UInt8) {
        removeAll()
        append(transaction)
        append(0 as UInt16)
        append(0 as UInt16)
        append(unit)
    }

    /// Puts the length field, which counts the unit identifier and the PDU.
    @inlinable public mutating func endTCP() {
        precondition(count >= MBAPHeader.length, "endTCP belongs after beginTCP")
        let length = count - 6
        self[4] = UInt8(truncatingIfNeeded: length >> 8)
        self[5] = UInt8(truncatingIfNeeded: length)
    }

    /// The PDU of the TCP ADU in the buffer, empty when there is none.
    @inlinable public var tcpPDU: Span<UInt8> {
        @_lifetime(borrow self) get {
            count > MBAPHeader.length
                ? octets.span.extracting(MBAPHeader.length..<count) : octets.span.extracting(first: 0)
        }
    }
}
