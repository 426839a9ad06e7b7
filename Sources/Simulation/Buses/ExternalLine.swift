public import Units

/// Where outside clients meet a bus: a socket or a serial line that carries ADUs of one framing.
public struct ExternalLine: Sendable {
    public enum Framing: Sendable {
        /// As a member of a serial line sees it: who is not there is silent.
        case rtu
        /// As a Modbus TCP gateway in front of the bus: it says by exceptions 0x0A and 0x0B who is not there.
        case tcp
    }

    /// Index in `RackDefinition.buses`.
    public var bus: Int
    /// Whether clients come on connections that can be closed, as opposed to a line that is always there.
    public var hasConnections: Bool
    public var framing: Framing
    /// The number under which the recorder gets the frames.
    public var recordedAs: Int
    /// Whether octets take the time of the bus's serial line.
    public var keepsPace: Bool

    public init(
        bus: Int, framing: Framing, recordedAs: Int, hasConnections: Bool = true, keepsPace: Bool = false
    ) {
        self.bus = bus
        self.framing = framing
        self.recordedAs = recordedAs
        self.hasConnections = hasConnections
        self.keepsPace = keepsPace
    }
}

/// What an outside client gets for a request.
public enum ExternalAnswer: Hashable, Sendable {
    case silence
    /// The reply is complete; its first octet is due after so much simulated time.
    case frame(after: Interval)
    /// The same, with so much silence between any two of its octets.
    case trickle(after: Interval, octetGap: Interval)
    /// The connection is to be closed after so much simulated time, and nothing comes.
    case hangUp(after: Interval)
}
