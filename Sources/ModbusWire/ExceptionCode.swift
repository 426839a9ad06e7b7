/// The exception codes of the Modbus application protocol specification V1.1b3, section 7.
///
/// A raw number, since devices in the field send codes that the specification does not name.
@frozen
public struct ExceptionCode: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var illegalFunction: Self { Self(rawValue: 0x01) }
    @inlinable public static var illegalDataAddress: Self { Self(rawValue: 0x02) }
    @inlinable public static var illegalDataValue: Self { Self(rawValue: 0x03) }
    @inlinable public static var serverDeviceFailure: Self { Self(rawValue: 0x04) }
    @inlinable public static var acknowledge: Self { Self(rawValue: 0x05) }
    @inlinable public static var serverDeviceBusy: Self { Self(rawValue: 0x06) }
    @inlinable public static var negativeAcknowledge: Self { Self(rawValue: 0x07) }
    @inlinable public static var memoryParityError: Self { Self(rawValue: 0x08) }
    @inlinable public static var gatewayPathUnavailable: Self { Self(rawValue: 0x0A) }
    @inlinable public static var gatewayTargetFailedToRespond: Self { Self(rawValue: 0x0B) }
}
