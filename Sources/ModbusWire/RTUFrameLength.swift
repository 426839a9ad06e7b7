/// Which way a serial-line frame travels: requests and responses of one function differ in length.
@frozen
public enum FrameDirection: UInt8, Sendable {
    case requests
    case responses
}

/// What the octets so far say about the length of a serial-line ADU.
@frozen
public enum RTUFrameLength: Hashable, Sendable {
    /// At least so many octets more are needed before the frame is complete, or before its length is known.
    case incomplete(missing: Int)
    /// The frame has this length, CRC included, and that many octets are there.
    case complete(Int)
    /// The function does not tell; only a silence ends the frame.
    case unknown

    /// Predicts from the octets at hand, starting with the unit identifier.
    ///
    /// Framing by length does not depend on the timing of drivers and emulators; silence is only for resynchronising.
    public init(of octets: Span<UInt8>, direction: FrameDirection) {
        guard octets.count >= 2 else {
            self = .incomplete(missing: RTUFrame.shortestLength - octets.count)
            return
        }
        let length: Prediction
        if direction == .requests {
            length = Self.requestLength(octets)
        } else if octets[1] & FunctionCode.exceptionBit != 0 {
            length = .octets(3)
        } else {
            length = Self.responseLength(octets)
        }
        switch length {
        case .unknown: self = .unknown
        case .octets(let withoutCRC):
            let whole = withoutCRC + 2
            if whole > ProtocolLimits.rtuLength {
                self = .unknown
            } else {
                self = octets.count >= whole ? .complete(whole) : .incomplete(missing: whole - octets.count)
            }
        // Two octets of CRC follow whatever is still to be read.
        case .readableFrom(let needed): self = .incomplete(missing: needed + 2 - octets.count)
        }
    }

    enum Prediction {
        /// Unit and PDU.
        case octets(Int)
        /// The length can be read once so many octets are there.
        case readableFrom(Int)
        case unknown
    }

    static func requestLength(_ octets: Span<UInt8>) -> Prediction {
        switch FunctionCode(rawValue: octets[1]) {
        case .readCoils, .readDiscreteInputs, .readHoldingRegisters, .readInputRegisters, .writeSingleCoil,
            .writeSingleRegister, .diagnostics:
            // The echo of function 8 may be longer; the receiver then finds no valid CRC here.
            .octets(6)
        case .readExceptionStatus, .reportServerIdentifier: .octets(2)
        case .writeMultipleCoils, .writeMultipleRegisters: counted(at: 6, octets)
        case .readFileRecord, .writeFileRecord: counted(at: 2, octets)
        case .maskWriteRegister: .octets(8)
        case .readWriteMultipleRegisters: counted(at: 10, octets)
        case .readFIFOQueue: .octets(4)
        case .encapsulatedInterface:
            octets.count < 3 ? .readableFrom(3) : octets[2] == 0x0E ? .octets(5) : .unknown
        default: .unknown
        }
    }

    static func responseLength(_ octets: Span<UInt8>) -> Prediction {
        switch FunctionCode(rawValue: octets[1]) {
        case .readCoils, .readDiscreteInputs, .readHoldingRegisters, .readInputRegisters, .reportServerIdentifier,
            .readFileRecord, .writeFileRecord, .readWriteMultipleRegisters:
            counted(at: 2, octets)
        case .writeSingleCoil, .writeSingleRegister, .writeMultipleCoils, .writeMultipleRegisters, .diagnostics:
            .octets(6)
        case .readExceptionStatus: .octets(3)
        case .maskWriteRegister: .octets(8)
        case .readFIFOQueue:
            octets.count < 4 ? .readableFrom(4) : .octets(4 + (Int(octets[2]) << 8 | Int(octets[3])))
        case .encapsulatedInterface: identification(octets)
        default: .unknown
        }
    }

    /// A byte count at `position`, and as many octets behind it.
    static func counted(at position: Int, _ octets: Span<UInt8>) -> Prediction {
        octets.count > position ? .octets(position + 1 + Int(octets[position])) : .readableFrom(position + 1)
    }

    /// Function 43/14: the objects must be walked.
    static func identification(_ octets: Span<UInt8>) -> Prediction {
        guard octets.count >= 3 else { return .readableFrom(3) }
        guard octets[2] == 0x0E else { return .unknown }
        guard octets.count >= 8 else { return .readableFrom(8) }
        var end = 8
        for _ in 0..<octets[7] {
            guard octets.count >= end + 2 else { return .readableFrom(end + 2) }
            end += 2 + Int(octets[end + 1])
            if end > ProtocolLimits.rtuLength { return .unknown }
        }
        return .octets(end)
    }
}
