/// What a channel has been through since the pool was made.
public struct ChannelHealth: Hashable, Sendable {
    public var isConnected = false
    /// Requests that were sent.
    public var requests = 0
    /// Transactions that ended without an answer, those included that found no connection.
    public var timeouts = 0
    public var exceptions = 0
    public var badFrames = 0
    public var mismatches = 0
    /// Answers to requests that were over, recognised and thrown away.
    public var lateAnswers = 0
    /// Connections made, or serial devices opened, after the first one.
    public var reconnects = 0
    /// The latest trouble in words, naming the place and the unit; empty when there was none.
    public var lastError = ""

    public init() {}
}
