/// The public function codes of the Modbus application protocol specification V1.1b3, section 5.1.
///
/// A raw number, since a server must answer codes that it does not know.
@frozen
public struct FunctionCode: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var readCoils: Self { Self(rawValue: 0x01) }
    @inlinable public static var readDiscreteInputs: Self { Self(rawValue: 0x02) }
    @inlinable public static var readHoldingRegisters: Self { Self(rawValue: 0x03) }
    @inlinable public static var readInputRegisters: Self { Self(rawValue: 0x04) }
    @inlinable public static var writeSingleCoil: Self { Self(rawValue: 0x05) }
    @inlinable public static var writeSingleRegister: Self { Self(rawValue: 0x06) }
    @inlinable public static var readExceptionStatus: Self { Self(rawValue: 0x07) }
    @inlinable public static var diagnostics: Self { Self(rawValue: 0x08) }
    @inlinable public static var writeMultipleCoils: Self { Self(rawValue: 0x0F) }
    @inlinable public static var writeMultipleRegisters: Self { Self(rawValue: 0x10) }
    @inlinable public static var reportServerIdentifier: Self { Self(rawValue: 0x11) }
    @inlinable public static var readFileRecord: Self { Self(rawValue: 0x14) }
    @inlinable public static var writeFileRecord: Self { Self(rawValue: 0x15) }
    @inlinable public static var maskWriteRegister: Self { Self(rawValue: 0x16) }
    @inlinable public static var readWriteMultipleRegisters: Self { Self(rawValue: 0x17) }
    @inlinable public static var readFIFOQueue: Self { Self(rawValue: 0x18) }
    @inlinable public static var encapsulatedInterface: Self { Self(rawValue: 0x2B) }

    /// The bit that marks an exception response.
    @inlinable public static var exceptionBit: UInt8 { 0x80 }
    @inlinable public var isException: Bool { rawValue & Self.exceptionBit != 0 }
}
