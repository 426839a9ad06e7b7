internal import RunRecords
internal import Units

/// One talker at a time: on a serial line no request begins before the line has been silent for t3.5.
struct LineCheck {
    private var silentSince: [Instant]
    private var transactions = 0
    private var violations = 0

    init(busCount: Int) { silentSince = Array(repeating: Instant(rawValue: .min / 2), count: busCount) }

    mutating func transaction(on channel: BusChannel, begunAt: Instant) {
        transactions += 1
        if begunAt < silentSince[channel.bus] + channel.gap { violations += 1 }
        silentSince[channel.bus] = max(channel.sentAt, channel.lineBusyUntil)
    }

    /// A turn of clients outside, which may keep no pace and so no silence among themselves.
    mutating func outsideTurn(on channel: BusChannel, endedAt: Instant) {
        transactions += 1
        if channel.outside.begunAt < silentSince[channel.bus] { violations += 1 }
        silentSince[channel.bus] = max(silentSince[channel.bus], endedAt)
    }

    var outcome: CheckOutcome {
        CheckOutcome(
            name: "one talker on every serial line", held: violations == 0,
            explanation: violations == 0
                ? "\(transactions) transactions, none began before t3.5 of silence"
                : "\(violations) of \(transactions) transactions began before t3.5 of silence")
    }
}
