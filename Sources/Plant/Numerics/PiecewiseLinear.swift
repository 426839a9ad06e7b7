/// Straight lines between points with rising x; beyond both ends the curve is flat. Two points with the same x make a
/// vertical edge, which belongs to the later one.
struct PiecewiseLinear: BitwiseCopyable {
    let count: Int
    private let x: UnsafeMutablePointer<Double>
    private let y: UnsafeMutablePointer<Double>
    private let slope: UnsafeMutablePointer<Double>

    /// A curve without points is `empty` everywhere.
    init(_ points: [CurvePoint], empty: Double, in storage: Storage) {
        let points = points.isEmpty ? [CurvePoint(x: 0, y: empty)] : points
        count = points.count
        x = storage.make(copying: points.map(\.x))
        y = storage.make(copying: points.map(\.y))
        slope = storage.make(count, of: 0.0)
        for index in 1..<max(1, count) where x[index] > x[index - 1] {
            slope[index - 1] = (y[index] - y[index - 1]) / (x[index] - x[index - 1])
        }
    }

    var first: CurvePoint { CurvePoint(x: x[0], y: y[0]) }

    /// The value at `position`. `cursor` is where the last search ended; positions that move little are found at once.
    func value(at position: Double, cursor: inout Int) -> Double {
        while cursor + 1 < count && position >= x[cursor + 1] { cursor += 1 }
        while cursor > 0 && position < x[cursor] { cursor -= 1 }
        if cursor + 1 == count || position <= x[cursor] { return y[cursor] }
        return y[cursor] + (position - x[cursor]) * slope[cursor]
    }

    func value(at position: Double) -> Double {
        var cursor = 0
        return value(at: position, cursor: &cursor)
    }
}

extension [CurvePoint] {
    /// The same reading of the points for code that evaluates a curve now and then.
    func interpolated(at position: Double) -> Double? {
        guard let first, let last else { return nil }
        if position < first.x { return first.y }
        var left = first
        for right in dropFirst() {
            if position < right.x { return left.y + (position - left.x) * (right.y - left.y) / (right.x - left.x) }
            left = right
        }
        return last.y
    }
}
