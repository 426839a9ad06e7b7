import Testing

@testable import Reports

@Suite struct LineNamesTests {
    @Test func `names of lines that end apart stand at their ends`() {
        let places = EndNames([(line: 0, at: 0.8), (line: 1, at: 0.2)]).places
        #expect(places == [.init(line: 1, end: 0.2, name: 0.2), .init(line: 0, end: 0.8, name: 0.8)])
    }

    @Test func `names of lines that end at one place stand under each other, in order, within the plot`() {
        for end in [0.0, 0.31, 0.5, 1] {
            let ends = (0..<9).map { (line: $0, at: $0 == 4 ? min(1, end + 0.1) : end) }
            let places = EndNames(ends).places
            #expect(places.count == 9)
            for (above, below) in zip(places, places.dropFirst()) {
                #expect(below.name - above.name > EndNames.apart - 1e-9)
                #expect(below.end >= above.end)
            }
            #expect(places.allSatisfy { -1e-9...1 + 1e-9 ~= $0.name })
        }
    }

    @Test func `more names than there is height for share it`() {
        let places = EndNames((0..<40).map { (line: $0, at: 1) }).places
        #expect(places.first?.name == 0)
        #expect(places.last.map { ($0.name - 1).magnitude < 1e-9 } == true)
    }

    @Test func `letters stand on their lines, at heights of their own even where lines are the same`() {
        let line: [(x: Double, y: Double)] = [(0, 1), (0.5, 0.4), (1, 0)]
        let places = LineLetters([line, line, [(0, 1), (1, 1)]]).places
        #expect(places.map(\.line) == [0, 1])
        #expect(places.allSatisfy { $0.x == 0.5 })
        let heights: [Double] = [2.5 / 3, 0.5]
        for (place, height) in zip(places, heights) { #expect((place.y - height).magnitude < 1e-9) }
        #expect(LineLetters.letter(1) == "B")
        #expect(LineLetters.letter(26) == "27")
    }
}
