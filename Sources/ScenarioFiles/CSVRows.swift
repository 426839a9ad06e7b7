import YAMLReading

/// The rows of a comma-separated file with a header, and the mistakes found in them. A trace can have a hundred
/// thousand bad rows: the first are reported one by one, the others as a number.
struct CSVRows {
    static let reportLimit = 20

    let file: String
    private(set) var problems: [Problem] = []
    private var unreported = 0

    init(file: String) { self.file = file }

    mutating func report(row: Int, column: Int, _ text: String) {
        if problems.count < Self.reportLimit {
            problems.append(Problem(file: file, line: row, column: column, text: text))
        } else {
            unreported += 1
        }
    }

    /// All problems, the number of those not reported in the last one.
    var allProblems: [Problem] {
        guard unreported > 0 else { return problems }
        return problems + [
            Problem(file: file, line: 0, column: 0, text: "and \(unreported) more bad rows; only the first are shown")
        ]
    }

    /// Calls `take` for each row after the header with its number in the file and its fields, each with its column.
    mutating func read(
        _ text: String, header: [String], take: (inout CSVRows, Int, [(text: Substring, column: Int)]) -> Void
    ) {
        var row = 0
        var hasHeader = false
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            row += 1
            if line.isEmpty { continue }
            let fields = Self.fields(of: line)
            if !hasHeader {
                hasHeader = true
                let found = fields.map { String($0.text) }
                if found != header {
                    report(
                        row: row, column: 1,
                        "expected the header \"\(header.joined(separator: ","))\", found \"\(line)\"")
                    return
                }
                continue
            }
            guard fields.count == header.count else {
                report(
                    row: row, column: 1,
                    "expected \(header.count) fields (\(header.joined(separator: ", "))), found \(fields.count)")
                continue
            }
            take(&self, row, fields)
        }
        if !hasHeader {
            report(row: 1, column: 1, "expected the header \"\(header.joined(separator: ","))\", found nothing")
        }
    }

    private static func fields(of line: Substring) -> [(text: Substring, column: Int)] {
        var column = 1
        return line.split(separator: ",", omittingEmptySubsequences: false).map { field in
            defer { column += field.count + 1 }
            return (field, column)
        }
    }
}
