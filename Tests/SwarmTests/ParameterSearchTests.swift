import Testing

@testable import Swarm

struct ParameterSearchTests {
    private func search(seed: UInt64, limit: Int, _ function: ([Double]) -> Double?) -> ParameterSearch {
        var search = ParameterSearch(start: [0.5, 0.5], limit: limit, seed: seed)
        while true {
            let points = search.ask()
            if points.isEmpty { return search }
            search.tell(points, points.map(function))
        }
    }

    @Test func `the search begins where it is told, ends at its limit, and is the same again`() {
        let one = search(seed: 1, limit: 50) { $0[0] + $0[1] }
        let two = search(seed: 1, limit: 50) { $0[0] + $0[1] }
        #expect(one.points.count == 50)
        #expect(one.points[0].shares == [0.5, 0.5])
        #expect(one.points.map(\.shares) == two.points.map(\.shares))
        #expect(search(seed: 2, limit: 50) { $0[0] + $0[1] }.points.map(\.shares) != one.points.map(\.shares))
    }

    @Test func `the least of a bowl is found to a hundredth`() throws {
        let found = search(seed: 1, limit: 200) { shares in
            let (x, y) = (shares[0] - 0.3, shares[1] - 0.8)
            return x * x + y * y
        }
        let best = try #require(found.best)
        #expect((best.shares[0] - 0.3).magnitude < 0.01)
        #expect((best.shares[1] - 0.8).magnitude < 0.01)
    }

    @Test func `points without a value are passed over`() throws {
        let found = search(seed: 1, limit: 60) { $0[0] < 0.4 ? nil : $0[0] }
        #expect(try #require(found.best?.value) >= 0.4)
        #expect(found.points.contains { $0.value == nil })
        #expect(search(seed: 1, limit: 10) { _ in nil }.best == nil)
    }
}
