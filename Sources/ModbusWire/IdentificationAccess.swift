/// What function 43/14 is asked for (V1.1b3, section 6.21): a stream of objects, or one.
@frozen
public enum IdentificationAccess: UInt8, Sendable {
    /// Objects 0x00...0x02: vendor, product code, revision.
    case basic = 1
    /// The basic objects and 0x03...0x7F.
    case regular = 2
    /// The regular objects and the device's own, 0x80...0xFF.
    case extended = 3
    case individual = 4
}

/// The numbers of the objects that the specification names.
public enum IdentificationObjectNumber {
    @inlinable public static var vendorName: UInt8 { 0x00 }
    @inlinable public static var productCode: UInt8 { 0x01 }
    @inlinable public static var majorMinorRevision: UInt8 { 0x02 }
    @inlinable public static var vendorURL: UInt8 { 0x03 }
    @inlinable public static var productName: UInt8 { 0x04 }
    @inlinable public static var modelName: UInt8 { 0x05 }
    @inlinable public static var userApplicationName: UInt8 { 0x06 }
}
