public import Plant
public import YAMLReading

/// Traces as comma-separated files: requests in the form of the Azure LLM inference traces, and recorded power.
public enum TraceFile {
    /// Columns TIMESTAMP,ContextTokens,GeneratedTokens; timestamps such as `2023-11-16 18:17:03.9799600`, rising.
    public static func loadRequests(path: String) -> ([InferenceRequest]?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text): return readRequests(text, file: path)
        }
    }

    static func readRequests(_ text: String, file: String) -> ([InferenceRequest]?, [Problem]) {
        var requests: [InferenceRequest] = []
        var (first, last): (Int64?, Int64) = (nil, 0)
        var rows = CSVRows(file: file)
        rows.read(text, header: ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]) { rows, row, fields in
            let ticks = Timestamp.ticks(fields[0].text)
            if ticks == nil {
                rows.report(
                    row: row, column: fields[0].column,
                    "expected a time such as \"2023-11-16 18:17:03.97\", found \"\(fields[0].text)\"")
            }
            var tokens: [Int] = []
            for field in fields[1...] {
                if let number = Int(field.text), (0...10_000_000).contains(number) {
                    tokens.append(number)
                } else {
                    rows.report(row: row, column: field.column, "expected a number of tokens, found \"\(field.text)\"")
                }
            }
            guard let ticks, tokens.count == 2 else { return }
            guard first == nil || ticks >= last else {
                rows.report(row: row, column: 1, "expected rising times, found \"\(fields[0].text)\" after a later one")
                return
            }
            if first == nil { first = ticks }
            last = ticks
            let arrival = Double(ticks - (first ?? ticks)) / Double(Timestamp.ticksPerSecond)
            requests.append(InferenceRequest(arrival: arrival, contextTokens: tokens[0], generatedTokens: tokens[1]))
        }
        if rows.problems.isEmpty, requests.count < 2 || last == first {
            rows.report(row: 1, column: 1, "expected at least two requests at different times, found \(requests.count)")
        }
        return rows.problems.isEmpty ? (requests, []) : (nil, rows.allProblems)
    }

    /// Columns seconds,share: power of the accelerators as a share of their rated power, 0...1, at rising times.
    public static func loadReplay(path: String) -> ([CurvePoint]?, [Problem]) {
        switch ProjectFiles.text(at: path) {
        case .failure(let trouble): return (nil, [trouble.problem])
        case .success(let text): return readReplay(text, file: path)
        }
    }

    static func readReplay(_ text: String, file: String) -> ([CurvePoint]?, [Problem]) {
        var points: [CurvePoint] = []
        var rows = CSVRows(file: file)
        rows.read(text, header: ["seconds", "share"]) { rows, row, fields in
            let ranges = [0...1e9, 0...1]
            let titles = ["a time in seconds", "a share from 0 to 1"]
            var numbers: [Double] = []
            for (index, field) in fields.enumerated() {
                if let number = Double(field.text), ranges[index].contains(number) {
                    numbers.append(number)
                } else {
                    rows.report(row: row, column: field.column, "expected \(titles[index]), found \"\(field.text)\"")
                }
            }
            guard numbers.count == 2 else { return }
            if let last = points.last, numbers[0] <= last.x {
                rows.report(row: row, column: 1, "expected rising times, found \"\(fields[0].text)\" after a later one")
                return
            }
            points.append(CurvePoint(x: numbers[0], y: numbers[1]))
        }
        if rows.problems.isEmpty, points.count < 2 {
            rows.report(row: 1, column: 1, "expected at least two rows, found \(points.count)")
        }
        return rows.problems.isEmpty ? (points, []) : (nil, rows.allProblems)
    }
}

/// Times of day with a date, as whole ticks, so that differences are exact.
enum Timestamp {
    static let ticksPerSecond: Int64 = 10_000_000

    /// Reads `2023-11-16 18:17:03.9799600`, also with a `T` and with `+00:00` or `Z` at the end.
    static func ticks(_ text: Substring) -> Int64? {
        var rest = text
        if rest.hasSuffix("+00:00") { rest = rest.dropLast(6) }
        if rest.hasSuffix("Z") { rest = rest.dropLast() }
        let halves = rest.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        let clock = halves[1].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, clock.count == 3, let year = date[0], let month = date[1], let day = date[2],
            let hour = Int64(clock[0]), let minute = Int64(clock[1]), let second = secondTicks(clock[2]),
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute)
        else { return nil }
        let days = daysSinceEpoch(year: year, month: month, day: day)
        return ((days * 24 + hour) * 60 + minute) * 60 * ticksPerSecond + second
    }

    private static func secondTicks(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int64(parts[0]), (0...60).contains(whole) else { return nil }
        guard parts.count == 2 else { return whole * ticksPerSecond }
        guard !parts[1].isEmpty, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        var fraction = parts[1].prefix(7)
        while fraction.count < 7 { fraction += "0" }
        return Int64(fraction).map { whole * ticksPerSecond + $0 }
    }

    /// Days of the Gregorian calendar, counted in years that begin in March so that a leap day is the last.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
