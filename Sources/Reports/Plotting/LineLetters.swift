/// Where letters stand on lines that rise from one place to another, such as chances: each where its line first reaches a
/// height of its own, so that lines which lie on each other still have two letters.
struct LineLetters: Sendable {
    struct Place: Equatable, Sendable {
        /// Index of the line.
        var line: Int
        /// From 0 to 1, from the left and from the top.
        var x: Double
        var y: Double
    }

    let places: [Place]

    static func letter(_ line: Int) -> String {
        line < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(line))) : String(line + 1)
    }

    /// The letter in the colour that the line of this number has in the palette.
    static func mark(_ line: Int) -> HTML {
        let style = LineStyle.palette[line % LineStyle.palette.count]
        return "<b class=\"letter h-\(style.hue.rawValue)\">\(letter(line))</b>"
    }

    /// - Parameter lines: points of each, x and y as in `Place`; steps or straight between them.
    init(_ lines: [[(x: Double, y: Double)]]) {
        places = lines.enumerated().compactMap { index, points in
            let height = 1 - (Double(index) + 0.5) / Double(lines.count)
            guard let point = points.first(where: { $0.y <= height }) else { return nil }
            return Place(line: index, x: point.x, y: height)
        }
    }
}
