import Plant
import Testing
import Units

@Suite struct SeededStreamDoubleTests {
    @Test func `uniform numbers fill 0 to 1 evenly and never reach 1`() {
        var stream = SeededStream(seed: 1, name: "uniform")
        var sum = 0.0
        var highest = 0.0
        for _ in 0..<10_000 {
            let value = stream.uniform()
            #expect(value >= 0 && value < 1)
            sum += value
            highest = max(highest, value)
        }
        #expect(abs(sum / 10_000 - 0.5) < 0.01)
        #expect(highest > 0.999)
    }

    @Test func `normal numbers have mean 0 and deviation 1`() {
        var stream = SeededStream(seed: 1, name: "normal")
        var sum = 0.0
        var squares = 0.0
        for _ in 0..<10_000 {
            let value = stream.normal()
            sum += value
            squares += value * value
        }
        #expect(abs(sum / 10_000) < 0.03)
        #expect(abs(squares / 10_000 - 1) < 0.04)
    }

    @Test func `a path gives the stream of the same literal`() {
        var path = SeededStream(seed: 5, path: "tray-" + "3/monitor")
        var literal = SeededStream(seed: 5, name: "tray-3/monitor")
        #expect(path.next() == literal.next())
    }
}
