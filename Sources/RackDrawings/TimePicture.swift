import Scenario
import Units

/// The axis of time with the events and with what is judged when.
enum TimePicture {
    private static let rowHeight = 24.0
    private static let axisWidth = 520.0
    private static let left = 34.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let spans = TimelineSpan.spans(of: scenario)
        let words = left + axisWidth + 24
        let width = spans.map { Picture.textWidth("\($0.when)   \($0.text)") }.max() ?? 0
        let bottom = 72 + rowHeight * Double(spans.count)
        var picture = Picture(width: max(words + width, left + axisWidth + 60), height: bottom + 20)
        picture.write("Time", 24, 28, .title)
        for mark in TimelineSpan.marks(scenario.duration) {
            let x = place(mark, scenario.duration)
            picture.line(x, 62, x, bottom, .rule)
            picture.write(AmountText.time(mark), x, 54, .muted, anchor: .middle)
        }
        picture.line(left, 62, left + axisWidth, 62, .mark)
        for (index, span) in spans.enumerated() {
            let y = 70 + rowHeight * Double(index)
            let (from, to) = (
                place(span.from - .start, scenario.duration), place(span.to - .start, scenario.duration)
            )
            picture.rectangle(from, y + 4, max(3, to - from), rowHeight - 10, span.kind == .event ? .event : .judged)
            picture.write("\(span.when)   \(span.text)", words, y + 15)
        }
        return picture
    }

    private static func place(_ interval: Interval, _ duration: Interval) -> Double {
        left + axisWidth * Double(interval.rawValue) / Double(max(1, duration.rawValue))
    }
}
