/// A part of the screen: rows and columns count from 0.
struct Region: Equatable {
    var row: Int
    var column: Int
    var width: Int
    var height: Int
}

/// What the screen is to show, cell by cell. Whatever lies outside is cut off.
struct Canvas: Equatable {
    struct Cell: Equatable {
        var scalar: Unicode.Scalar = " "
        var ink = Ink.plain
    }

    let width: Int
    let height: Int
    private var cells: [Cell]

    init(width: Int, height: Int) {
        self.width = max(0, width)
        self.height = max(0, height)
        cells = Array(repeating: Cell(), count: self.width * self.height)
    }

    subscript(row: Int, column: Int) -> Cell { cells[row * width + column] }

    func row(_ row: Int) -> ArraySlice<Cell> { cells[row * width..<(row + 1) * width] }

    mutating func put(_ scalar: Unicode.Scalar, _ ink: Ink, row: Int, column: Int) {
        guard row >= 0, row < height, column >= 0, column < width else { return }
        cells[row * width + column] = Cell(scalar: scalar, ink: ink)
    }

    /// Puts a text, cut to `limit` columns; returns the column behind it.
    @discardableResult
    mutating func put(_ text: String, _ ink: Ink = .plain, row: Int, column: Int, limit: Int = .max) -> Int {
        var place = column
        for scalar in text.unicodeScalars.prefix(max(0, limit)) {
            put(FigureText.isNarrow(scalar) ? scalar : "?", ink, row: row, column: place)
            place += 1
        }
        return place
    }

    /// Puts a text so that it ends before a column.
    mutating func put(_ text: String, _ ink: Ink = .plain, row: Int, endingAt end: Int, limit: Int = .max) {
        put(text, ink, row: row, column: end - min(limit, text.unicodeScalars.count), limit: limit)
    }

    mutating func fill(_ scalar: Unicode.Scalar, _ ink: Ink, row: Int, columns: Range<Int>) {
        for column in columns { put(scalar, ink, row: row, column: column) }
    }
}
