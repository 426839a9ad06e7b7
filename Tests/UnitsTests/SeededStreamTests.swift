import Testing
import Units

@Suite struct SeededStreamTests {
    private func draw(_ stream: SeededStream) -> [UInt64] {
        var stream = stream
        return (0..<8).map { _ in stream.next() }
    }

    @Test func `the same seed and name give the same stream`() {
        #expect(draw(SeededStream(seed: 1, name: "jitter")) == draw(SeededStream(seed: 1, name: "jitter")))
    }

    @Test func `seed, name and index each make another stream`() {
        let base = draw(SeededStream(seed: 1, name: "jitter"))
        #expect(base != draw(SeededStream(seed: 2, name: "jitter")))
        #expect(base != draw(SeededStream(seed: 1, name: "faults")))
        #expect(base != draw(SeededStream(seed: 1, name: "jitter", index: 1)))
    }

    @Test func `bounded numbers stay below their bound and reach all of it`() {
        var stream = SeededStream(seed: 3, name: "dice")
        var counts = [0, 0, 0, 0, 0, 0]
        for _ in 0..<6000 { counts[Int(stream.next(below: 6))] += 1 }
        #expect(counts.allSatisfy { $0 > 850 && $0 < 1150 })
    }

    @Test func `a chance is met as often as it says, and never or always at its ends`() {
        var stream = SeededStream(seed: 4, name: "chance")
        var hits = 0
        for _ in 0..<10_000 where stream.happens(withChance: .percent(30)) { hits += 1 }
        #expect(hits > 2850 && hits < 3150)
        #expect((0..<100).allSatisfy { _ in stream.happens(withChance: .whole) })
        #expect((0..<100).allSatisfy { _ in !stream.happens(withChance: .zero) })
    }
}
