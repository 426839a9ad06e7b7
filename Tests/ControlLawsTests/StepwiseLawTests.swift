import ControlLaws
import Testing
import Units

@Suite struct StepwiseLawTests {
    private let law: StepwiseLaw = {
        var law = StepwiseLaw(rise: .degrees(1), fall: .degrees(2))
        law.append(CoolingStep(from: .degrees(40), duty: .percent(30)))
        law.append(CoolingStep(from: .degrees(50), duty: .percent(50)))
        law.append(CoolingStep(from: .degrees(60), duty: .percent(80)))
        return law
    }()

    private func outputs(_ degrees: [Int64]) -> [PerMille] {
        var state = StepwiseState()
        return degrees.map {
            state = law.next(after: state, input: .degrees($0))
            return state.output
        }
    }

    @Test func `the hottest step that was reached holds, and the first one below all`() {
        #expect(outputs([20]) == [.percent(30)])
        #expect(outputs([50]) == [.percent(50)])
        #expect(outputs([59]) == [.percent(50)])
        #expect(outputs([60]) == [.percent(80)])
        #expect(outputs([120]) == [.percent(80)])
    }

    @Test func `a rise of no more than its hysteresis changes nothing`() {
        #expect(outputs([49, 50]) == [.percent(30), .percent(30)])
        #expect(outputs([49, 50, 51]) == [.percent(30), .percent(30), .percent(50)])
    }

    @Test func `a fall of no more than its own hysteresis changes nothing`() {
        #expect(outputs([51, 49]) == [.percent(50), .percent(50)])
        #expect(outputs([51, 49, 48]) == [.percent(50), .percent(50), .percent(30)])
    }

    @Test func `an input that swings inside the hysteresis never hunts`() {
        let swing = outputs([50] + (0..<40).map { $0 % 2 == 0 ? 49 : 51 })
        #expect(swing.allSatisfy { $0 == .percent(50) })
    }

    @Test func `a staircase of twenty steps is taken`() {
        var law = StepwiseLaw(rise: .zero, fall: .zero)
        for step in 0..<20 { law.append(CoolingStep(from: .degrees(Int64(step)), duty: .percent(Int64(step)))) }
        #expect(law.count == 20)
        #expect(law.next(after: StepwiseState(), input: .degrees(19)).output == .percent(19))
    }
}
