/// The signals of one device class: what its firmware senses, derives, and takes as a setting.
///
/// A signal is a name, a base unit and an integer value. Families such as the fans of a tray have one signal per
/// member. In a device spec a signal is written by its name, a member with its number from 1: `fan-speed.3`.
public protocol DeviceSignal: RawRepresentable, HostCaseIterable, Hashable, Sendable where RawValue == UInt8 {
    var name: StaticString { get }
    var unit: SignalUnit { get }
    /// 1 for a single signal; the greatest number of members for a family.
    var memberLimit: UInt8 { get }
    /// Whether a Modbus client may be given the right to write it.
    var isWritable: Bool { get }
}

extension DeviceSignal {
    /// The identifier of a single signal.
    @inlinable public var identifier: SignalIdentifier { identifier(member: 0) }

    /// The identifier of a family's member, counted from 0.
    @inlinable public func identifier(member: UInt8) -> SignalIdentifier {
        SignalIdentifier(rawValue: UInt16(rawValue) << 8 | UInt16(member))
    }
}

extension SignalIdentifier {
    /// The signal within its class's enumeration.
    @inlinable public var signalNumber: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
    /// The member of a family, counted from 0.
    @inlinable public var member: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
}
