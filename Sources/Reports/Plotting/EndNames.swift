/// Where names stand beside the right ends of lines: at the ends, moved apart where those are closer than text is high.
struct EndNames: Sendable {
    struct Place: Equatable, Sendable {
        /// Index of the line.
        var line: Int
        /// Where the line ends and where its name stands, from 0 at the top to 1 at the bottom.
        var end: Double
        var name: Double
    }

    /// From the top down.
    let places: [Place]

    /// Of the height of a plot: a line of 12 px on the lowest plot that has such names, that of a phone.
    static let apart = 0.06

    /// - Parameter ends: of the lines that have a value, from 0 at the top to 1 at the bottom.
    init(_ ends: [(line: Int, at: Double)]) {
        let sorted = ends.sorted { ($0.at, $0.line) < ($1.at, $1.line) }
        let apart = min(Self.apart, 1 / Double(max(1, sorted.count - 1)))
        // Names that would overlap stand together, about the mean of their ends; so does what they push against.
        var groups: [Range<Int>] = []
        func top(of group: Range<Int>) -> Double {
            let mean = sorted[group].reduce(0) { $0 + $1.at } / Double(group.count)
            let height = Double(group.count - 1) * apart
            return min(max(0, mean - height / 2), 1 - height)
        }
        for index in sorted.indices {
            var group = index..<index + 1
            while let above = groups.last, top(of: above) + Double(above.count) * apart > top(of: group) {
                groups.removeLast()
                group = above.lowerBound..<group.upperBound
            }
            groups.append(group)
        }
        places = groups.flatMap { group in
            group.map { index in
                Place(
                    line: sorted[index].line, end: sorted[index].at,
                    name: top(of: group) + Double(index - group.lowerBound) * apart)
            }
        }
    }
}
