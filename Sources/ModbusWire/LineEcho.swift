/// Takes what a transmitter has sent out of what its receiver hears, where a two-wire adapter hears itself.
///
/// Purpose: nobody takes his own frame for another's. Inputs: the frames that were sent, and the octets that come. Intended
/// behaviour: what was sent comes back first, octet for octet, before anything else. An octet that differs means that the
/// line did not carry what was sent (two talked at once), or that the adapter hears nothing of itself after all; from then on
/// nothing more is expected. After a restart: nothing is expected.
public struct LineEcho: Sendable {
    public enum Verdict: Hashable, Sendable {
        /// One of our own; nobody else is to see it.
        case own
        /// Nothing of ours is on its way: it comes from somebody else.
        case foreign
        /// Ours should have come.
        case different
    }

    private var sent = FrameBuffer()
    private var heard = 0

    public init() {}

    /// Whether octets of ours have not come back yet.
    public var isPending: Bool { heard < sent.count }

    /// These octets go out. What has not come back of an earlier frame is still expected, as far as there is room.
    public mutating func expect(_ octets: Span<UInt8>) {
        sent.removeFirst(heard)
        heard = 0
        if octets.count > sent.freeCount { sent.removeAll() }
        sent.append(contentsOf: octets)
    }

    public mutating func take(_ octet: UInt8) -> Verdict {
        guard isPending else { return .foreign }
        guard octet == sent[heard] else {
            forget()
            return .different
        }
        heard += 1
        return .own
    }

    public mutating func forget() {
        sent.removeAll()
        heard = 0
    }
}
