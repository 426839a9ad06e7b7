/// Turns the difference of two canvases into octets for a terminal of the VT100 family (ECMA-48).
///
/// Only lines that changed are sent, each from its first cell: a line that is drawn again whole is right whatever the
/// terminal made of the one before.
struct CanvasEncoding {
    let isColoured: Bool
    private(set) var octets: [UInt8] = []

    init(isColoured: Bool) { self.isColoured = isColoured }

    /// From what the screen shows to what it is to show; `nil` when nothing is known of it.
    mutating func append(_ next: Canvas, after previous: Canvas?) {
        let known = previous.flatMap { $0.width == next.width && $0.height == next.height ? $0 : nil }
        if known == nil { append("\u{1B}[0m\u{1B}[2J") }
        for row in 0..<next.height {
            if let known, known.row(row) == next.row(row) { continue }
            append(next.row(row), atRow: row)
        }
    }

    private mutating func append(_ cells: ArraySlice<Canvas.Cell>, atRow row: Int) {
        append("\u{1B}[")
        octets.append(contentsOf: String(row + 1).utf8)
        append(";1H")
        let used = cells.lastIndex { $0 != Canvas.Cell() }.map { $0 + 1 } ?? cells.startIndex
        var ink: Ink?
        for cell in cells[cells.startIndex..<used] {
            if cell.ink != ink {
                append(cell.ink.rendition(isColoured: isColoured))
                ink = cell.ink
            }
            octets.append(contentsOf: UTF8.encode(cell.scalar)!)
        }
        // The rest of the line is blank.
        if used < cells.endIndex { append("\u{1B}[0m\u{1B}[K") }
    }

    private mutating func append(_ text: StaticString) {
        octets.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
