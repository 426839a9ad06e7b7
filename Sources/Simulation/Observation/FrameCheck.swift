internal import RackControl
internal import RunRecords

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
