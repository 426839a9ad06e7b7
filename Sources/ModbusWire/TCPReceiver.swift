/// Finds ADUs in the octets of a TCP connection.
///
/// Frames are told apart by their MBAP header alone. One of another protocol is discarded (messaging on TCP/IP guide
/// V1.0b, section 4.4.2); a length that cannot be leaves no way to find the next header, so after such an error the
/// connection must be closed.
public struct TCPReceiver: Sendable {
    /// The ADU that is being collected, or was delivered last.
    public private(set) var frame: FrameBuffer
    /// The header of the ADU that was delivered last.
    public private(set) var header: MBAPHeader
    /// ADUs of another protocol than Modbus since the start.
    public private(set) var discardedFrames: Int
    private var isForeign: Bool
    private var isDelivered: Bool
    private var violation: MBAPError?

    public init() {
        frame = FrameBuffer()
        header = MBAPHeader(transaction: 0, unit: 0, pduLength: 0)
        discardedFrames = 0
        isForeign = false
        isDelivered = false
        violation = nil
    }

    /// Takes octets from `position` on, no further than the end of one ADU, and moves `position` behind them; true
    /// when `frame` and `header` are that ADU. Call again until `position` has reached the end. After an error every call
    /// throws the same error.
    public mutating func receive(_ octets: Span<UInt8>, from position: inout Int) throws(MBAPError) -> Bool {
        if let violation { throw violation }
        if isDelivered {
            frame.removeAll()
            isDelivered = false
        }
        while position < octets.count {
            frame.append(octets[position])
            position += 1
            if frame.count == MBAPHeader.length { try readHeader() }
            if frame.count > MBAPHeader.length, frame.count == header.aduLength {
                guard isForeign else {
                    isDelivered = true
                    return true
                }
                frame.removeAll()
                isForeign = false
                discardedFrames += 1
            }
        }
        return false
    }

    private mutating func readHeader() throws(MBAPError) {
        do throws(MBAPError) {
            header = try MBAPHeader(decoding: frame.span)
        } catch {
            let length = Int(frame[4]) << 8 | Int(frame[5])
            guard case .protocolIdentifier = error, MBAPHeader.lengthField.contains(length) else {
                violation = error
                throw error
            }
            header = MBAPHeader(transaction: 0, unit: frame[6], pduLength: length - 1)
            isForeign = true
        }
    }
}
