import RunRecords
import Scenario

/// The verdict on one watch at the end of a run, with the sentence that a person reads.
struct Judgement {
    let watch: Watch
    let definition: ExpectationDefinition
    /// Unit of the margin: that of the judged signal, and kelvin for a difference of temperatures.
    let unit: String
    let end: Int64
    let interrupted: Bool

    init(watch: Watch, definition: ExpectationDefinition, signalUnit: String, end: Int64, interrupted: Bool) {
        self.watch = watch
        self.definition = definition
        self.unit = signalUnit == "degC" ? "K" : signalUnit
        self.end = end
        self.interrupted = interrupted
    }

    var outcome: ExpectationOutcome {
        switch watch.mode {
        case .throughout: watch.heat >= 0 ? neverTripped : throughout
        case .within: within
        case .settles: settles
        }
    }

    private func outcome(
        _ verdict: ExpectationOutcome.Verdict, margin: Double, _ marginUnit: String, at: Int64, _ explanation: String
    ) -> ExpectationOutcome {
        ExpectationOutcome(
            kind: definition.kind.word, text: definition.text, verdict: verdict, margin: margin, marginUnit: marginUnit,
            marginAt: Double(at) / 1e9, explanation: explanation)
    }

    /// The run did not reach the end of what was to be judged.
    private var isCutShort: Bool {
        watch.deadline == .max ? interrupted : end < watch.deadline
    }

    private func undecided(margin: Double, _ marginUnit: String, at: Int64, soFar: String) -> ExpectationOutcome {
        let reason = watch.hasJudged ? "the run ended at \(FigureText.seconds(end)), too early to tell" : "never judged"
        let text = soFar.isEmpty || !watch.hasJudged ? reason : "\(reason); until then \(soFar)"
        return outcome(.undecided, margin: margin, marginUnit, at: at, text)
    }

    private var neverTripped: ExpectationOutcome {
        let left = 100 - watch.greatestHeat
        if watch.firstViolation >= 0 {
            return outcome(
                .failed, margin: min(left, 0), "%", at: watch.firstViolation,
                "tripped at \(FigureText.seconds(watch.firstViolation))")
        }
        guard watch.hasJudged else { return undecided(margin: 0, "%", at: end, soFar: "") }
        let amount = "\(FigureText.text(left, unit: "%")) of the trip heat left"
        let soFar = watch.greatestHeat > 0 ? "\(amount), least at \(FigureText.seconds(watch.greatestHeatAt))" : amount
        return isCutShort
            ? undecided(margin: left, "%", at: watch.greatestHeatAt, soFar: soFar)
            : outcome(.held, margin: left, "%", at: watch.greatestHeatAt, soFar)
    }

    private var throughout: ExpectationOutcome {
        guard watch.hasJudged else { return undecided(margin: 0, watch.isTruth ? "" : unit, at: end, soFar: "") }
        if watch.isTruth { return throughoutTruth }
        if watch.firstViolation >= 0 {
            return outcome(
                .failed, margin: watch.least, unit, at: watch.leastAt,
                "\(excess) at the worst, at \(FigureText.seconds(watch.leastAt)); "
                    + "first at \(FigureText.seconds(watch.firstViolation))")
        }
        let soFar = "margin \(FigureText.text(watch.least, unit: unit)), least at \(FigureText.seconds(watch.leastAt))"
        return isCutShort
            ? undecided(margin: watch.least, unit, at: watch.leastAt, soFar: soFar)
            : outcome(.held, margin: watch.least, unit, at: watch.leastAt, soFar)
    }

    /// A truth has no distance from failing: its margin is 1 when held and -1 when failed.
    private var throughoutTruth: ExpectationOutcome {
        let wasNever: Bool = if case .never = definition.kind { true } else { false }
        if watch.firstViolation >= 0 {
            return outcome(
                .failed, margin: -1, "", at: watch.firstViolation,
                "\(wasNever ? "true" : "false") at \(FigureText.seconds(watch.firstViolation))")
        }
        let soFar = wasNever ? "never true" : "true throughout"
        return isCutShort
            ? undecided(margin: 1, "", at: end, soFar: soFar) : outcome(.held, margin: 1, "", at: end, soFar)
    }

    private var within: ExpectationOutcome {
        if watch.metSince >= 0, watch.metSince <= watch.deadline {
            return inTime(since: watch.metSince)
        }
        let mayStillHold = watch.trueSince >= 0 && watch.trueSince <= watch.deadline
        if watch.metSince < 0, end < watch.deadline || mayStillHold {
            return undecided(
                margin: 0, "s", at: end,
                soFar: mayStillHold ? "true since \(FigureText.seconds(watch.trueSince))" : "not yet true")
        }
        return tooLate(since: watch.metSince, missing: "never true for long enough")
    }

    private var settles: ExpectationOutcome {
        if end < watch.deadline || interrupted {
            if watch.firstViolation < 0 {
                return undecided(
                    margin: 0, "s", at: end,
                    soFar: watch.trueSince >= 0
                        ? "in the band since \(FigureText.seconds(watch.trueSince))" : "outside the band")
            }
        }
        if watch.trueSince >= 0, watch.trueSince <= watch.deadline, watch.hasJudged {
            return inTime(since: watch.trueSince)
        }
        return tooLate(since: watch.trueSince, missing: "outside the band at the end")
    }

    private func inTime(since: Int64) -> ExpectationOutcome {
        let spare = watch.deadline - since
        return outcome(
            .held, margin: Double(spare) / 1e9, "s", at: since,
            "after \(FigureText.seconds(since - watch.from)), \(FigureText.seconds(spare)) to spare")
    }

    private func tooLate(since: Int64, missing: String) -> ExpectationOutcome {
        let when = since >= 0 ? "after \(FigureText.seconds(since - watch.from))" : missing
        if watch.isTruth || !watch.least.isFinite {
            let late = (since >= 0 ? since : end) - watch.deadline
            return outcome(
                .failed, margin: -Double(late) / 1e9, "s", at: since >= 0 ? since : end,
                since >= 0 ? "\(when), \(FigureText.seconds(late)) late" : when)
        }
        return outcome(
            .failed, margin: watch.least, unit, at: watch.leastAt, "\(when), \(excess) at the worst")
    }

    /// `900 W over`: by how much, and to which side.
    private var excess: String {
        let amount = FigureText.text(-watch.least, unit: unit)
        if watch.mode == .settles { return "\(amount) outside the band" }
        return "\(amount) \(watch.sign > 0 ? "over" : "under")"
    }
}
