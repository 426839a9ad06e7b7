import Delivery
import YAMLReading

extension YAMLValue {
    /// Ten years, arbitrary: longer is a slip of the pen.
    static let longestDays = 3650

    /// `84 d` or `12 w`, in days.
    func days(_ example: String = "12 w") -> Int? {
        if let text = scalarText, let days = Self.days(of: text) { return days }
        expected("days or weeks such as \"\(example)\", at most \(Self.longestDays) d")
        return nil
    }

    static func days(of text: String) -> Int? {
        let (number, unit) = ExactQuantity.split(text)
        guard let count = Int(number), count >= 0, count <= longestDays else { return nil }
        let days: Int? =
            switch unit {
            case "d", "day", "days": count
            case "w", "week", "weeks": count * 7
            default: nil
            }
        return days.flatMap { $0 <= longestDays ? $0 : nil }
    }

    func calendarDay() -> CalendarDay? {
        if let text = scalarText, let day = CalendarDay(text) { return day }
        expected("a day such as \"2026-03-02\"")
        return nil
    }
}
