/// Writes SVG path data in whole numbers on a canvas of `PathData.extent` squared; the page stretches it to its size.
/// Points that lie on a level line are left out.
struct PathData: Sendable {
    /// Units per side: half a pixel on the widest plot, and small numbers in the file.
    static let extent = 2_000.0

    private(set) var text = ""
    private var last: (x: Int, y: Int)?
    /// A point left out because the line was level there; written once the line leaves the level.
    private var pending: Int?

    private static func unit(_ fraction: Double) -> Int { Int((fraction * extent).rounded()) }

    /// A line through the means, broken where there is no value.
    static func line(_ trace: Trace, time: TimeAxis, axis: ValueAxis, divisor: Double) -> String {
        var path = PathData()
        for index in trace.at.indices {
            guard trace.mean[index].isFinite else {
                path.lift()
                continue
            }
            path.line(
                to: unit(time.fraction(trace.at[index])), unit(axis.fraction(trace.mean[index] / divisor)))
        }
        path.lift()
        return path.text
    }

    /// A line that holds each mean until the next, to the end of the axis.
    static func steps(_ trace: Trace, time: TimeAxis, axis: ValueAxis, divisor: Double) -> String {
        var path = PathData()
        for index in trace.at.indices {
            guard trace.mean[index].isFinite else {
                path.lift()
                continue
            }
            path.step(
                to: unit(time.fraction(trace.at[index])), unit(axis.fraction(trace.mean[index] / divisor)))
        }
        if let last = path.last, path.isDown {
            path.line(to: unit(1), last.y)
        }
        path.lift()
        return path.text
    }

    /// The area between the extremes.
    static func band(_ trace: Trace, time: TimeAxis, axis: ValueAxis, divisor: Double) -> String {
        var text = ""
        var start = 0
        while start < trace.at.count {
            guard trace.mean[start].isFinite else {
                start += 1
                continue
            }
            var end = start
            while end < trace.at.count && trace.mean[end].isFinite { end += 1 }
            var path = PathData()
            for index in start..<end {
                path.line(
                    to: unit(time.fraction(trace.at[index])), unit(axis.fraction(trace.greatest[index] / divisor)))
            }
            for index in (start..<end).reversed() {
                path.line(to: unit(time.fraction(trace.at[index])), unit(axis.fraction(trace.least[index] / divisor)))
            }
            path.lift()
            text += path.text + "Z"
            start = end
        }
        return text
    }

    private var isDown = false

    private mutating func lift() {
        settle()
        isDown = false
    }

    private mutating func settle() {
        if let x = pending, let last {
            text += "H\(x)"
            self.last = (x, last.y)
        }
        pending = nil
    }

    private mutating func line(to x: Int, _ y: Int) {
        guard isDown, let last else {
            text += "M\(x) \(y)"
            self.last = (x, y)
            isDown = true
            return
        }
        if y == last.y {
            pending = x
            return
        }
        settle()
        text += "L\(x) \(y)"
        self.last = (x, y)
    }

    private mutating func step(to x: Int, _ y: Int) {
        if isDown, let last, y != last.y {
            pending = nil
            text += "H\(x)V\(y)"
            self.last = (x, y)
        } else {
            line(to: x, y)
        }
    }
}
