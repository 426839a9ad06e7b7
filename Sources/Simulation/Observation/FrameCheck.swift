internal import RackControl
internal import RunRecords

/// Nothing is damaged but by a fault of the scenario.
struct FrameCheck {
    private var undisturbed = 0
    private var violations = 0
    /// Requests that came from outside, and those on which a fault of the scenario fell.
    private var asked = 0
    private var disturbed = 0

    mutating func transaction(_ verdict: BusReply, isDisturbed: Bool) {
        guard !isDisturbed else { return }
        undisturbed += 1
        switch verdict {
        case .badFrame, .mismatch: violations += 1
        case .registers, .text, .written, .exception, .timeout: break
        }
    }

    mutating func outsideAsked(isDisturbed: Bool) {
        asked += 1
        if isDisturbed { disturbed += 1 }
    }

    var outcome: CheckOutcome {
        outcome(
            held: violations == 0,
            violations == 0
                ? "\(undisturbed) undisturbed transactions, none misread"
                : "\(violations) of \(undisturbed) undisturbed transactions were misread")
    }

    /// `misread` is how many answers a controller outside could not read. It does not say which: as many as were disturbed
    /// are forgiven.
    func outcome(misreadOutside misread: Int) -> CheckOutcome {
        outcome(
            held: misread <= disturbed,
            "of \(asked) transactions with the outside \(disturbed) were disturbed and \(misread) misread")
    }

    private func outcome(held: Bool, _ explanation: String) -> CheckOutcome {
        CheckOutcome(name: "every undisturbed answer reads as sent", held: held, explanation: explanation)
    }
}
