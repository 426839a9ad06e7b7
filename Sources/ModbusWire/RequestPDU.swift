/// A Modbus request that is well formed: known function, quantities within the limits, lengths that agree.
///
/// Whether the addresses exist and the values are allowed is for the device to say.
@frozen
public enum RequestPDU: Hashable, Sendable {
    case readCoils(address: UInt16, count: UInt16)
    case readDiscreteInputs(address: UInt16, count: UInt16)
    case readHoldingRegisters(address: UInt16, count: UInt16)
    case readInputRegisters(address: UInt16, count: UInt16)
    case writeSingleCoil(address: UInt16, isOn: Bool)
    case writeSingleRegister(address: UInt16, word: UInt16)
    case readExceptionStatus
    case diagnostics(DiagnosticSubfunction, data: PayloadRange)
    case writeMultipleCoils(address: UInt16, count: UInt16, bits: PayloadRange)
    case writeMultipleRegisters(address: UInt16, count: UInt16, words: PayloadRange)
    case reportServerIdentifier
    /// Sub-requests of 7 octets each: `FileRecordRequest`.
    case readFileRecord(subrequests: PayloadRange)
    /// Records of 7 octets and their data: `FileRecordRequest` and `FileRecordWalker`.
    case writeFileRecord(records: PayloadRange)
    case maskWriteRegister(address: UInt16, andMask: UInt16, orMask: UInt16)
    case readWriteMultipleRegisters(
        readAddress: UInt16, readCount: UInt16, writeAddress: UInt16, writeCount: UInt16, words: PayloadRange)
    case readFIFOQueue(pointer: UInt16)
    /// Function 43/14.
    case readDeviceIdentification(IdentificationAccess, object: UInt8)
}

extension RequestPDU {
    @inlinable public var function: FunctionCode {
        switch self {
        case .readCoils: .readCoils
        case .readDiscreteInputs: .readDiscreteInputs
        case .readHoldingRegisters: .readHoldingRegisters
        case .readInputRegisters: .readInputRegisters
        case .writeSingleCoil: .writeSingleCoil
        case .writeSingleRegister: .writeSingleRegister
        case .readExceptionStatus: .readExceptionStatus
        case .diagnostics: .diagnostics
        case .writeMultipleCoils: .writeMultipleCoils
        case .writeMultipleRegisters: .writeMultipleRegisters
        case .reportServerIdentifier: .reportServerIdentifier
        case .readFileRecord: .readFileRecord
        case .writeFileRecord: .writeFileRecord
        case .maskWriteRegister: .maskWriteRegister
        case .readWriteMultipleRegisters: .readWriteMultipleRegisters
        case .readFIFOQueue: .readFIFOQueue
        case .readDeviceIdentification: .encapsulatedInterface
        }
    }

    /// Whether the request changes something, so that a broadcast of it makes sense (serial-line spec, section 2.1).
    @inlinable public var isWrite: Bool {
        switch self {
        case .writeSingleCoil, .writeSingleRegister, .writeMultipleCoils, .writeMultipleRegisters, .writeFileRecord,
            .maskWriteRegister:
            true
        default: false
        }
    }

    /// For functions 5, 6, 15 and 16 as a controller makes them: the payload comes from a `RegisterBlock`.
    @inlinable public static func writeMultipleRegisters(address: UInt16, count: UInt16) -> RequestPDU {
        .writeMultipleRegisters(address: address, count: count, words: .empty)
    }

    @inlinable public static func writeMultipleCoils(address: UInt16, count: UInt16) -> RequestPDU {
        .writeMultipleCoils(address: address, count: count, bits: .empty)
    }
}
