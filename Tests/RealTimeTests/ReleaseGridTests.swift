import RealTime
import Testing
import Units

struct ReleaseGridTests {
    private func grid() -> ReleaseGrid { ReleaseGrid(first: .start + .seconds(5), period: .milliseconds(100)) }

    @Test func `releases are a period apart, however long a cycle takes`() {
        var grid = grid()
        grid.advance(endedAt: .start + .milliseconds(5_003))
        #expect(grid.release == .start + .milliseconds(5_100))
        grid.advance(endedAt: .start + .milliseconds(5_199))
        #expect(grid.release == .start + .milliseconds(5_200))
        #expect(grid.cycles == 2)
        #expect(grid.lateCycles == 0)
        #expect(grid.skippedReleases == 0)
    }

    @Test func `a cycle that ends late skips what has passed and stays on the grid`() {
        var grid = grid()
        grid.advance(endedAt: .start + .milliseconds(5_342))
        #expect(grid.release == .start + .milliseconds(5_400))
        #expect(grid.lateCycles == 1)
        #expect(grid.skippedReleases == 3)
    }

    @Test func `a cycle that ends on the next release is late by one`() {
        var grid = grid()
        #expect(!grid.isLate(at: .start + .milliseconds(5_099)))
        #expect(grid.isLate(at: .start + .milliseconds(5_100)))
        grid.advance(endedAt: .start + .milliseconds(5_100))
        #expect(grid.release == .start + .milliseconds(5_200))
        #expect(grid.lateCycles == 1)
        #expect(grid.skippedReleases == 1)
    }
}
