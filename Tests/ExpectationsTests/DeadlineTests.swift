import Expectations
import RunRecords
import Scenario
import Testing
import Units

@Suite struct DeadlineTests {
    let soon = expectation(.within(limit: .milliseconds(20), lasting: .milliseconds(10)), from: 100)

    @Test func `within tells how long it took and what was to spare`() {
        let tape = Tape.power { $0 < 112 ? 1500 : 900 }
        let outcome = tape.outcome(of: soon, milliseconds: 300)
        #expect(outcome.verdict == .held)
        #expect(outcome.margin == 0.008)
        #expect(outcome.marginUnit == "s")
        #expect(outcome.explanation == "after 0.012 s, 0.008 s to spare")
    }

    @Test func `true at the deadline is in time and one step later is not`() {
        #expect(Tape.power { $0 < 120 ? 1500 : 900 }.outcome(of: soon, milliseconds: 300).verdict == .held)
        let late = Tape.power { $0 < 121 ? 1500 : 900 }.outcome(of: soon, milliseconds: 300)
        #expect(late.verdict == .failed)
        #expect(late.margin == -500)
        #expect(late.explanation == "after 0.021 s, 500 W over at the worst")
    }

    @Test func `the worst of a late fulfilment is counted from the deadline on`() {
        let tape = Tape.power { $0 < 110 ? 9000 : ($0 < 124 ? 1900 : 900) }
        let outcome = tape.outcome(of: soon, milliseconds: 300)
        #expect(outcome.margin == -900)
        #expect(outcome.explanation == "after 0.024 s, 900 W over at the worst")
    }

    @Test func `what does not last does not count`() {
        let tape = Tape.power { (105..<114).contains($0) ? 900 : 1500 }
        let outcome = tape.outcome(of: soon, milliseconds: 300)
        #expect(outcome.verdict == .failed)
        #expect(outcome.explanation == "never true for long enough, 500 W over at the worst")
    }

    @Test func `a run that ends while it may still come true is undecided`() {
        let tape = Tape.power { $0 < 112 ? 1500 : 900 }
        #expect(tape.outcome(of: soon, milliseconds: 110).verdict == .undecided)
        #expect(tape.outcome(of: soon, milliseconds: 121).verdict == .undecided)
        #expect(tape.outcome(of: soon, milliseconds: 122).verdict == .held)
        #expect(tape.outcome(of: soon, milliseconds: 40).verdict == .undecided)
    }

    @Test func `settling is judged by the last time outside the band`() {
        let definition = expectation(
            .settles(limit: .milliseconds(50), band: 2), from: 10, "tray-1.temperature", .lessOrEqual, .constant(70))
        let settling = Tape.temperature { $0 < 20 ? 60 : ($0 < 30 ? 69 : ($0 < 40 ? 72.5 : 71)) }
        let held = settling.outcome(of: definition, milliseconds: 200)
        #expect(held.verdict == .held)
        #expect(held.kind == "settles")
        #expect(held.explanation == "after 0.03 s, 0.02 s to spare")
        let disturbed = Tape.temperature { (100..<110).contains($0) ? 75 : 70 }
        let failed = disturbed.outcome(of: definition, milliseconds: 200)
        #expect(failed.verdict == .failed)
        #expect(failed.margin == -3)
        #expect(failed.marginUnit == "K")
        #expect(failed.explanation == "after 0.1 s, 3 K outside the band at the worst")
        #expect(settling.outcome(of: definition, milliseconds: 45).verdict == .undecided)
        #expect(settling.outcome(of: definition, milliseconds: 200, interrupted: true).verdict == .undecided)
    }

    @Test func `only named signals and the heat beside a trip are needed`() {
        let monitor = ExpectationMonitor(
            definitions: [
                expectation(.always),
                expectation(.never, "feed-a/breaker.tripped", .greaterOrEqual, .constant(0.5), isTruth: true),
            ], signals: Tape.signals)
        #expect(monitor.neededSignals == [0, 1, 2, 3])
    }

    @Test func `large powers are told in kilowatts`() {
        let tape = Tape.power { _ in 28_400 }
        let outcome = tape.outcome(
            of: expectation(.always, "rack.power", .lessOrEqual, .constant(60_000)), milliseconds: 3)
        #expect(outcome.explanation == "margin 31.6 kW, least at 0 s")
    }
}
