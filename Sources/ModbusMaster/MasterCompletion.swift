public import RackControl
public import Units

/// What came of a transaction that was submitted to a channel.
public struct MasterCompletion: Sendable {
    public var channel: Int
    public var transaction: BusTransaction
    public var reply: BusReply
    /// When the first octet of the request was sent, or when the channel gave up sending it (CLOCK_MONOTONIC).
    public var sentAt: Instant
    /// When the reply was there, or the channel gave up.
    public var endedAt: Instant
}
