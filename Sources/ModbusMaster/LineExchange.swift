internal import ModbusWire
internal import RackControl
internal import Units

/// One request and its answer on an open line, on the channel's thread.
protocol LineExchange: AnyObject {
    /// The line was opened anew.
    func begin()
    /// `words` holds what was read when the reply has anything.
    func perform(_ transaction: BusTransaction, words: inout RegisterBlock) -> ExchangeOutcome
}

enum ExchangeOutcome {
    /// The line turned out to be gone before anything was sent: open it and try again.
    case notSent(ChannelTrouble)
    case ended(Ending)

    struct Ending {
        var reply: BusReply
        var sentAt: Instant
        /// `.none` when all went well.
        var trouble = ChannelTrouble.none
        /// Whether the line can be used on.
        var isUsable = true
    }
}
