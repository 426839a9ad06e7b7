internal import ModbusWire
internal import Units

/// Finds ADUs in what a client sends.
protocol ADUReceiving {
    /// The ADU that was found last.
    var frame: FrameBuffer { get }
    /// When silence would end what is being collected; `.never` where silence means nothing.
    var nextDeadline: Instant { get }
    /// Frames that came damaged, and frames that passed by because they were for nobody here, since the start.
    var lostFrames: Int { get }
    var passedResponses: Int { get }
    /// Takes octets from `position` on, up to the end of one ADU; true when `frame` is complete.
    mutating func take(
        _ octets: Span<UInt8>, from position: inout Int, at now: Instant
    ) throws(MBAPError) -> Bool
    /// Silence may have lasted long enough; true when it ended an ADU.
    mutating func expire(at now: Instant) -> Bool
}

extension TCPReceiver: ADUReceiving {
    var nextDeadline: Instant { .never }
    // A connection has its own checks, and nobody else's frames.
    var lostFrames: Int { 0 }
    var passedResponses: Int { 0 }

    mutating func take(
        _ octets: Span<UInt8>, from position: inout Int, at now: Instant
    ) throws(MBAPError) -> Bool {
        try receive(octets, from: &position)
    }

    mutating func expire(at now: Instant) -> Bool { false }
}

extension RTUReceiver: ADUReceiving {
    mutating func take(
        _ octets: Span<UInt8>, from position: inout Int, at now: Instant
    ) throws(MBAPError) -> Bool {
        while position < octets.count {
            position += 1
            if receive(octets[position - 1], at: now) { return true }
        }
        return false
    }
}
