internal import Units

/// A search for the point of a box at which a function is least: points out, values in, nothing else.
///
/// First the middle of what is known, then chance, then neighbours of the best: along one axis or along all, with a
/// step that grows while it helps and shrinks when it does not. Points come in generations of a fixed size, so that
/// whoever evaluates them may do so side by side and get the same search.
public struct ParameterSearch: Sendable {
    public struct Point: Sendable {
        /// A share of each range, 0...1.
        public var shares: [Double]
        /// `nil` where the function has no value.
        public var value: Double?

        public init(shares: [Double], value: Double?) {
            self.shares = shares
            self.value = value
        }
    }

    /// Points of a generation; arbitrary, a few times the cores of a small machine.
    public static let generation = 8
    /// Of all points, how many are drawn evenly before the best one is followed. A third; arbitrary.
    private static let chanceShare = 3
    private static let firstStep = 0.25
    private static let leastStep = 0.001
    private static let growth = 1.5
    private static let decay = 0.8

    private let dimensions: Int
    private let limit: Int
    private var stream: SeededStream
    private var step = ParameterSearch.firstStep
    private var asked = 0
    public private(set) var points: [Point] = []

    /// `start` is asked for first: where the search begins when nothing is known.
    public init(start: [Double], limit: Int, seed: UInt64) {
        dimensions = start.count
        self.limit = limit
        stream = SeededStream(seed: seed, name: "parameter search")
        first = start
    }

    private let first: [Double]

    /// The least of the points so far; the first of several.
    public var best: Point? {
        var best: Point?
        for point in points {
            guard let value = point.value else { continue }
            if value < best?.value ?? .infinity { best = point }
        }
        return best
    }

    /// The next points to be evaluated; empty at the end.
    public mutating func ask() -> [[Double]] {
        var next: [[Double]] = []
        while next.count < Self.generation, asked < limit {
            next.append(propose())
            asked += 1
        }
        return next
    }

    /// The values of the points last asked for, in their order.
    public mutating func tell(_ shares: [[Double]], _ values: [Double?]) {
        let before = best?.value ?? .infinity
        for (index, share) in shares.enumerated() { points.append(Point(shares: share, value: values[index])) }
        guard points.count > limit / Self.chanceShare else { return }
        let isBetter = (best?.value ?? .infinity) < before
        step = isBetter ? min(0.5, step * Self.growth) : max(Self.leastStep, step * Self.decay)
    }

    private mutating func propose() -> [Double] {
        if asked == 0 { return first }
        guard asked > limit / Self.chanceShare, let best, dimensions > 0 else {
            return (0..<dimensions).map { _ in even() }
        }
        var shares = best.shares
        let axis = stream.next(below: UInt64(dimensions + 1))
        for index in shares.indices where axis == UInt64(dimensions) || axis == UInt64(index) {
            shares[index] = min(1, max(0, shares[index] + step * (2 * even() - 1)))
        }
        return shares
    }

    /// 0...1, to the ten-thousandth.
    private mutating func even() -> Double { Double(stream.next(below: 10_001)) / 10_000 }
}
