import Testing

@testable import Simulation

/// The search for what a firmware takes, by its verdicts alone.
@Suite struct AcceptedValuesTests {
    @Test func `a range is found to its ends from any value in it`() {
        for present in [2450, 3000, 8500] as [Int64] {
            let values = AcceptedValues(from: 200, to: 12_000, present: present) { (2450...8500).contains($0) }
            #expect(values.runs == [2450...8500])
        }
    }

    @Test func `few values are asked for one by one, and may lie apart`() {
        let values = AcceptedValues(from: 0, to: 17, present: 17) { [0, 1, 17].contains($0) }
        #expect(values.runs == [0...1, 17...17])
    }

    @Test func `the ends of 64 bits are no trap`() {
        let values = AcceptedValues(from: .min, to: .max, present: 0) { $0 >= -5 }
        #expect(values.runs == [-5...Int64.max])
        #expect(AcceptedValues(from: .min, to: .max, present: 7) { $0 == 7 }.runs == [7...7])
    }

    @Test func `where the present value is not taken, nothing is known`() {
        #expect(AcceptedValues(from: 0, to: 1000, present: 3) { _ in false }.runs == [])
    }
}
