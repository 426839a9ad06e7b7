/// How the value of a point stands in its 16-bit words.
@frozen
public enum PointEncoding: UInt8, HostCaseIterable, Sendable {
    /// One bit of a coil or discrete-input table.
    case bit
    case unsigned
    case signed
    /// A set of named bits; bit 0 is the least significant bit of the last word.
    case flags
    /// Two characters per word, high byte first, NUL-terminated when shorter than the point.
    case text
    /// IEEE 754 single precision in two words. Its raw value counts steps of 2^-24 of what the words say (`SinglePrecision`).
    case float
}

/// Which word of a value that needs several comes first.
@frozen
public enum WordOrder: UInt8, HostCaseIterable, Sendable {
    case highWordFirst
    case lowWordFirst
}

/// What a Modbus client may do with a point.
@frozen
public enum PointAccess: UInt8, HostCaseIterable, Sendable {
    case readOnly
    case readWrite
    case writeOnly
}
