/// A Modbus response that is well formed. Whether it answers the request that was sent is for `RequestPDU.verdict` to
/// say: the quantity that was asked for does not stand in a response.
@frozen
public enum ResponsePDU: Hashable, Sendable {
    /// Functions 1 and 2; the bits fill whole octets.
    case bits(FunctionCode, PayloadRange)
    /// Functions 3, 4 and 23.
    case registers(FunctionCode, PayloadRange)
    case writeSingleCoil(address: UInt16, isOn: Bool)
    case writeSingleRegister(address: UInt16, word: UInt16)
    case exceptionStatus(UInt8)
    case diagnostics(DiagnosticSubfunction, data: PayloadRange)
    case writeMultipleCoils(address: UInt16, count: UInt16)
    case writeMultipleRegisters(address: UInt16, count: UInt16)
    /// Server identifier, run indicator and additional data, as the device defines them.
    case serverIdentifier(PayloadRange)
    /// Per sub-request a length octet, the reference type, and the data.
    case fileRecords(PayloadRange)
    /// An echo of the request.
    case fileRecordsWritten(PayloadRange)
    case maskWriteRegister(address: UInt16, andMask: UInt16, orMask: UInt16)
    /// 0...31 registers.
    case fifoQueue(PayloadRange)
    case deviceIdentification(IdentificationResponse)
    case exception(FunctionCode, ExceptionCode)
}

/// The head of a function 43/14 response and the range of its objects.
@frozen
public struct IdentificationResponse: Hashable, Sendable {
    public var access: IdentificationAccess
    /// 1...3 for streams only, 0x81...0x83 where single objects can be read too.
    public var conformity: UInt8
    public var moreFollows: Bool
    /// Where the next request shall start; 0 when no more follows.
    public var nextObject: UInt8
    public var objectCount: UInt8
    public var objects: PayloadRange

    public init(
        access: IdentificationAccess, conformity: UInt8, moreFollows: Bool, nextObject: UInt8, objectCount: UInt8,
        objects: PayloadRange
    ) {
        self.access = access
        self.conformity = conformity
        self.moreFollows = moreFollows
        self.nextObject = nextObject
        self.objectCount = objectCount
        self.objects = objects
    }

    /// The value of an object, when this response carries it.
    public func value(ofObject number: UInt8, in view: Span<UInt8>) -> PayloadRange? {
        var offset = 0
        for _ in 0..<objectCount {
            guard let found = objects.octet(offset, of: view), let length = objects.octet(offset + 1, of: view),
                offset + 2 + Int(length) <= Int(objects.count)
            else { return nil }
            if found == number { return PayloadRange(offset: Int(objects.offset) + offset + 2, count: Int(length)) }
            offset += 2 + Int(length)
        }
        return nil
    }
}
