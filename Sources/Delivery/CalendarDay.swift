/// A day of the Gregorian calendar, for plain day arithmetic: no time of day, no zone, no holidays.
public struct CalendarDay: Hashable, Sendable {
    /// Days since 1970-01-01.
    public var number: Int

    public init(number: Int) { self.number = number }

    /// A day that exists, of the years 1970 to 9999; `nil` for any other.
    public init?(year: Int, month: Int, day: Int) {
        guard (1970...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= Self.length(ofMonth: month, in: year) else { return nil }
        let months = Self.monthLengths(in: year)
        number = Self.days(beforeYear: year) + months.prefix(month - 1).reduce(0, +) + day - 1
    }

    /// Reads `2026-03-02`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isPlain = parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
        guard isPlain, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public static func + (day: CalendarDay, count: Int) -> CalendarDay { CalendarDay(number: day.number + count) }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func monthLengths(in year: Int) -> [Int] {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    private static func length(ofMonth month: Int, in year: Int) -> Int { monthLengths(in: year)[month - 1] }

    /// From 1970-01-01 to the first day of a year.
    private static func days(beforeYear year: Int) -> Int {
        func leaps(before year: Int) -> Int { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 }
        return (year - 1970) * 365 + leaps(before: year) - leaps(before: 1970)
    }
}

extension CalendarDay: CustomStringConvertible {
    /// `2026-03-02`.
    public var description: String {
        // Every year has at least 365 days, so this estimate is never too small.
        var year = 1970 + max(0, number) / 365
        while Self.days(beforeYear: year) > number { year -= 1 }
        var rest = number - Self.days(beforeYear: year)
        var month = 1
        let lengths = Self.monthLengths(in: year)
        while rest >= lengths[month - 1] {
            rest -= lengths[month - 1]
            month += 1
        }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(year)-\(two(month))-\(two(rest + 1))"
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
