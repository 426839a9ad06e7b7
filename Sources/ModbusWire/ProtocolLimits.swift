/// The quantities that one request may carry (V1.1b3, section 6, and section 4.1 for the PDU).
public enum ProtocolLimits {
    /// Octets of a PDU.
    @inlinable public static var pduLength: Int { 253 }
    /// Octets of a serial-line ADU: unit, PDU, CRC.
    @inlinable public static var rtuLength: Int { 256 }
    /// Functions 1 and 2.
    @inlinable public static var bitsPerRead: Int { 2000 }
    /// Function 15.
    @inlinable public static var bitsPerWrite: Int { 1968 }
    /// Functions 3, 4 and 23.
    @inlinable public static var registersPerRead: Int { 125 }
    /// Function 16.
    @inlinable public static var registersPerWrite: Int { 123 }
    /// The writing half of function 23.
    @inlinable public static var registersPerReadWrite: Int { 121 }
    /// Function 24.
    @inlinable public static var registersPerFIFO: Int { 31 }
    /// The byte count of a function 20 request; each sub-request takes 7.
    @inlinable public static var fileReadByteCount: ClosedRange<Int> { 7...245 }
    /// The byte count of a function 21 request.
    @inlinable public static var fileWriteByteCount: ClosedRange<Int> { 9...251 }
    /// The value of one object of function 43/14: the PDU less its 7 octets of head and 2 of the object.
    @inlinable public static var identificationObjectLength: Int { 244 }
}
