import YAMLReading

extension YAMLValue {
    /// Whole numbers and ranges of them: `18`, `16-23`, `0x40-0x47`, `"16,18-20"` or a list of such.
    func numberRanges(in bounds: ClosedRange<Int>, _ what: String) -> [ClosedRange<Int>]? {
        if isSequence {
            let items = list() ?? []
            if items.isEmpty { expected(what) }
            let ranges = items.map { $0.isSequence ? nil : $0.numberRanges(in: bounds, what) }
            for (item, range) in zip(items, ranges) where range == nil && item.isSequence { item.expected(what) }
            return ranges.isEmpty || ranges.contains { $0 == nil } ? nil : ranges.compactMap { $0 }.flatMap { $0 }
        }
        let parts = (scalarText ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let ranges = parts.map { Self.range($0, in: bounds) }
        guard !ranges.contains(nil) else {
            expected("\(what), with numbers from \(bounds.lowerBound) to \(bounds.upperBound)")
            return nil
        }
        return ranges.compactMap { $0 }
    }

    private static func range(_ text: Substring, in bounds: ClosedRange<Int>) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { number($0) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last,
            bounds.contains(first), bounds.contains(last)
        else { return nil }
        return first...last
    }

    private static func number(_ text: Substring) -> Int? {
        let digits = text.drop { $0 == " " }.prefix { $0 != " " }
        guard text.allSatisfy({ $0 == " " || $0.isASCII && ($0.isHexDigit || $0 == "x") }) else { return nil }
        return digits.hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) : Int(digits)
    }
}
