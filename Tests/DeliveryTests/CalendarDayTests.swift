import Delivery
import Testing

@Suite struct CalendarDayTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("1970-12-31", 364), ("1972-02-29", 789), ("2000-02-29", 11_016), ("2026-03-02", 20_514),
        ("2100-02-28", 47_540), ("2100-03-01", 47_541), ("9999-12-31", 2_932_896),
    ])
    func `days are counted as the calendar counts them`(text: String, number: Int) {
        #expect(CalendarDay(text)?.number == number)
        #expect("\(CalendarDay(number: number))" == text)
    }

    @Test func `every day of four centuries is read back as it is written`() {
        var previous = ""
        for number in 0..<146_097 {
            let text = "\(CalendarDay(number: number))"
            #expect(text > previous)
            guard CalendarDay(text)?.number == number else {
                Issue.record("\(text) is read back as another day than \(number)")
                return
            }
            previous = text
        }
    }

    @Test(arguments: [
        "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026/04/01", "+026-04-01",
        "",
    ])
    func `a day that does not exist is none`(text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
