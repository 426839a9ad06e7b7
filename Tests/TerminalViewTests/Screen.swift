import Testing

/// A terminal as far as the view needs one: it places a cursor, erases and prints. What it does not know is an issue.
struct Screen {
    let width: Int
    let height: Int
    private(set) var cells: [[Unicode.Scalar]]
    /// Renditions and modes that were sent, in their order.
    private(set) var sequences: [String] = []
    private var row = 0
    private var column = 0

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        cells = Array(repeating: Array(repeating: " ", count: width), count: height)
    }

    var lines: [String] {
        cells.map { line in String(String.UnicodeScalarView(line)).replacing(#/ +$/#, with: "") }
    }
    var text: String { lines.joined(separator: "\n") }

    mutating func take(_ octets: [UInt8]) {
        var scalars = Substring(String(decoding: octets, as: UTF8.self)).unicodeScalars
        while let scalar = scalars.popFirst() {
            guard scalar == "\u{1B}" else {
                print(scalar)
                continue
            }
            var sequence = ""
            if scalars.popFirst() != "[" { Issue.record("an escape that is no control sequence") }
            while let next = scalars.popFirst() {
                sequence.unicodeScalars.append(next)
                if next.value >= 0x40 { break }
            }
            obey(sequence)
        }
    }

    private mutating func print(_ scalar: Unicode.Scalar) {
        guard row < height, column < width else {
            Issue.record("drawn outside the screen: row \(row), column \(column)")
            return
        }
        if scalar.value < 0x20 { Issue.record("the control character \(scalar.value) on the screen") }
        cells[row][column] = scalar
        column += 1
    }

    private mutating func obey(_ sequence: String) {
        let numbers = sequence.dropLast().split(separator: ";").map { Int($0) ?? 0 }
        switch sequence.last {
        case "H":
            row = numbers[0] - 1
            column = numbers[1] - 1
        case "J": cells = Array(repeating: Array(repeating: " ", count: width), count: height)
        case "K": for place in column..<width { cells[row][place] = " " }
        case "m", "h", "l": sequences.append(sequence)
        default: Issue.record("a sequence that is not known: \(sequence)")
        }
    }
}
