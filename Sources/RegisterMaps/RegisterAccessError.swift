/// Why a request on a register map is refused.
@frozen
public enum RegisterAccessError: Error, Hashable, Sendable {
    /// An address without a point, a point without that access, or a write that covers a point in part (exception 2).
    case illegalDataAddress
    /// A value outside the point's range, or refused by the firmware (exception 3).
    case illegalDataValue
    /// Exception 4.
    case serverDeviceFailure
    /// Exception 6.
    case serverDeviceBusy
}

extension SignalWriteVerdict {
    /// What the firmware's verdict means to the client; `nil` when the write is taken.
    @inlinable public var accessError: RegisterAccessError? {
        switch self {
        case .accepted: nil
        case .illegalValue: .illegalDataValue
        case .protected: .illegalDataAddress
        case .busy: .serverDeviceBusy
        case .failed: .serverDeviceFailure
        }
    }
}
