/// The counters of function 8 (V1.1b3, section 6.8.1). They wrap at 16 bits.
@frozen
public struct SerialDiagnostics: Hashable, Sendable {
    /// Frames seen on the bus. The unit counts those that it is given; whoever hears the whole line adds the others.
    public var busMessages: UInt16 = 0
    /// Frames with a wrong CRC.
    public var busCommunicationErrors: UInt16 = 0
    /// Exception responses sent.
    public var exceptionErrors: UInt16 = 0
    /// Requests to this unit, and broadcasts, that were carried out or refused.
    public var serverMessages: UInt16 = 0
    /// Requests to this unit that got no response.
    public var noResponses: UInt16 = 0
    public var negativeAcknowledges: UInt16 = 0
    public var busyResponses: UInt16 = 0
    public var characterOverruns: UInt16 = 0

    public init() {}
}
