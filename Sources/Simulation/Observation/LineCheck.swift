internal import RackControl
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

    var outcome: CheckOutcome {
        CheckOutcome(
            name: "one talker on every serial line", held: violations == 0,
            explanation: violations == 0
                ? "\(transactions) transactions, none began before t3.5 of silence"
                : "\(violations) of \(transactions) transactions began before t3.5 of silence")
    }
}

/// Nothing is damaged but by a fault of the scenario.
struct FrameCheck {
    private var undisturbed = 0
    private var violations = 0

    mutating func transaction(_ verdict: BusReply, isDisturbed: Bool) {
        guard !isDisturbed else { return }
        undisturbed += 1
        switch verdict {
        case .badFrame, .mismatch: violations += 1
        case .registers, .text, .written, .exception, .timeout: break
        }
    }

    var outcome: CheckOutcome {
        CheckOutcome(
            name: "every undisturbed answer reads as sent", held: violations == 0,
            explanation: violations == 0
                ? "\(undisturbed) undisturbed transactions, none misread"
                : "\(violations) of \(undisturbed) undisturbed transactions were misread")
    }
}
