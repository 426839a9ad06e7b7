/// Why octets are not a PDU, or a value cannot become one.
@frozen
public enum PDUError: Error, Hashable, Sendable {
    /// No function code at all.
    case empty
    /// A function code, or the encapsulated-interface type of function 43, that Busbar does not know.
    case unknownFunction(FunctionCode)
    /// A sub-function of function 8 that Busbar does not know.
    case unknownSubfunction(UInt16)
    case length(expected: Int, found: Int)
    /// A count of coils, registers or file octets outside the specification's limits.
    case quantity(highest: Int, found: Int)
    /// The byte count does not agree with the quantity.
    case byteCount(expected: Int, found: Int)
    /// A field holds a value that the specification forbids.
    case value(found: UInt16)
    /// An exception response: function and code.
    case exception(FunctionCode, ExceptionCode)

    /// The exception with which a server answers a request that is wrong in this way; `nil` for none at all.
    @inlinable public var serverException: ExceptionCode? {
        switch self {
        case .empty, .exception: nil
        case .unknownFunction, .unknownSubfunction: .illegalFunction
        case .length, .quantity, .byteCount, .value: .illegalDataValue
        }
    }
}
