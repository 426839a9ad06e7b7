/// Finds ADUs in the octets of a TCP connection.
///
/// Frames are told apart by their MBAP header alone. A header that is not Modbus leaves no way to find the next one, so
/// after such an error the connection must be closed.
public struct TCPReceiver: Sendable {
    /// The ADU that is being collected, or was delivered last.
    public private(set) var frame: FrameBuffer
    /// The header of the ADU that was delivered last.
    public private(set) var header: MBAPHeader
    private var isDelivered: Bool
    private var violation: MBAPError?

    public init() {
        frame = FrameBuffer()
        header = MBAPHeader(transaction: 0, unit: 0, pduLength: 0)
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
            if frame.count == MBAPHeader.length {
                do throws(MBAPError) {
                    header = try MBAPHeader(decoding: frame.span)
                } catch {
                    violation = error
                    throw error
                }
            }
            if frame.count > MBAPHeader.length, frame.count == header.aduLength {
                isDelivered = true
                return true
            }
        }
        return false
    }
}
