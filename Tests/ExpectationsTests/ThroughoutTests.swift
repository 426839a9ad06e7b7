import Expectations
import RunRecords
import Scenario
import Testing
import Units

@Suite struct ThroughoutTests {
    @Test func `always reports the least margin and when it was`() {
        let tape = Tape.power { $0 == 120 ? 690 : 500 }
        let outcome = tape.outcome(of: expectation(.always), milliseconds: 200)
        #expect(outcome.verdict == .held)
        #expect(outcome.kind == "always")
        #expect(outcome.margin == 310)
        #expect(outcome.marginUnit == "W")
        #expect(outcome.marginAt == 0.12)
        #expect(outcome.explanation == "margin 310 W, least at 0.12 s")
    }

    @Test func `a violation of one step is seen`() {
        let tape = Tape.power { $0 == 77 ? 1900 : ($0 == 70 ? 1001 : 500) }
        let outcome = tape.outcome(of: expectation(.always), milliseconds: 200)
        #expect(outcome.verdict == .failed)
        #expect(outcome.margin == -900)
        #expect(outcome.explanation == "900 W over at the worst, at 0.077 s; first at 0.07 s")
    }

    @Test func `equality holds for a weak comparison and fails a strict one`() {
        let tape = Tape.power { _ in 1000 }
        #expect(tape.outcome(of: expectation(.always), milliseconds: 5).verdict == .held)
        #expect(tape.outcome(of: expectation(.always, "rack.power", .less), milliseconds: 5).verdict == .failed)
        #expect(
            tape.outcome(of: expectation(.never, "rack.power", .greater), milliseconds: 5).verdict == .held)
        #expect(
            tape.outcome(of: expectation(.never, "rack.power", .greaterOrEqual), milliseconds: 5).verdict == .failed)
    }

    @Test func `the time after an event is excused and no more`() {
        let definition = expectation(.always, except: 50)
        let inside = Tape.power({ (100..<150).contains($0) ? 1200 : 500 }, events: [100])
        #expect(inside.outcome(of: definition, milliseconds: 300).verdict == .held)
        #expect(inside.outcome(of: definition, milliseconds: 300).margin == 500)
        let tooLong = Tape.power({ (100...150).contains($0) ? 1200 : 500 }, events: [100])
        #expect(tooLong.outcome(of: definition, milliseconds: 300).verdict == .failed)
        let tooEarly = Tape.power({ (99..<150).contains($0) ? 1200 : 500 }, events: [100])
        #expect(tooEarly.outcome(of: definition, milliseconds: 300).explanation.hasSuffix("first at 0.099 s"))
    }

    @Test func `a second event begins the exception anew`() {
        let tape = Tape.power({ (100..<170).contains($0) ? 1200 : 500 }, events: [100, 120])
        #expect(tape.outcome(of: expectation(.always, except: 50), milliseconds: 300).verdict == .held)
    }

    @Test func `nothing before from is judged`() {
        let tape = Tape.power { $0 < 50 ? 5000 : 900 }
        let outcome = tape.outcome(of: expectation(.always, from: 50), milliseconds: 100)
        #expect(outcome.verdict == .held)
        #expect(outcome.margin == 100)
    }

    @Test func `never tripped tells how much trip heat was left`() {
        let definition = expectation(
            .never, "feed-a/breaker.tripped", .greaterOrEqual, .constant(0.5), isTruth: true)
        let warm = Tape(values: { [0, 0, $0 == 30 ? 39 : 10, 0, 0, 1] })
        let held = warm.outcome(of: definition, milliseconds: 60)
        #expect(held.verdict == .held)
        #expect(held.margin == 61)
        #expect(held.marginUnit == "%")
        #expect(held.explanation == "61 % of the trip heat left, least at 0.03 s")
        let tripping = Tape(values: { [0, 0, $0 >= 40 ? 100 : 90, $0 >= 40 ? 1 : 0, 0, 1] })
        let failed = tripping.outcome(of: definition, milliseconds: 60)
        #expect(failed.verdict == .failed)
        #expect(failed.margin == 0)
        #expect(failed.explanation == "tripped at 0.04 s")
    }

    @Test func `a truth that stands alone is judged as it reads`() {
        let always = expectation(.always, "tray-1.online", .greaterOrEqual, .constant(0.5), isTruth: true)
        let never = expectation(.never, "tray-1.online", .greaterOrEqual, .constant(0.5), isTruth: true)
        let on = Tape(values: { _ in [0, 0, 0, 0, 0, 1] })
        let off = Tape(values: { [0, 0, 0, 0, 0, $0 < 5 ? 1 : 0] })
        #expect(on.outcome(of: always, milliseconds: 9).explanation == "true throughout")
        #expect(off.outcome(of: always, milliseconds: 9).explanation == "false at 0.005 s")
        #expect(on.outcome(of: never, milliseconds: 9).verdict == .failed)
    }

    @Test func `an interrupted run leaves always undecided and a failure failed`() {
        let good = Tape.power { _ in 900 }
        let outcome = good.outcome(of: expectation(.always), milliseconds: 50, interrupted: true)
        #expect(outcome.verdict == .undecided)
        #expect(outcome.margin == 100)
        let bad = Tape.power { _ in 1100 }
        #expect(bad.outcome(of: expectation(.always), milliseconds: 50, interrupted: true).verdict == .failed)
    }

    @Test func `during judges its window alone, both ends included`() {
        let definition = expectation(.during(length: .milliseconds(30)), from: 100)
        let around = Tape.power { (100...130).contains($0) ? 800 : 2000 }
        let held = around.outcome(of: definition, milliseconds: 200)
        #expect(held.verdict == .held)
        #expect(held.kind == "for")
        #expect(held.margin == 200)
        let lastStep = Tape.power { (100...129).contains($0) ? 800 : 2000 }
        #expect(lastStep.outcome(of: definition, milliseconds: 200).verdict == .failed)
        #expect(around.outcome(of: definition, milliseconds: 120).verdict == .undecided)
        #expect(around.outcome(of: definition, milliseconds: 90).explanation == "never judged")
    }

    @Test func `a value that is not a number fails`() {
        let tape = Tape.power { $0 == 3 ? .nan : 1 }
        #expect(tape.outcome(of: expectation(.always), milliseconds: 5).verdict == .failed)
    }
}
