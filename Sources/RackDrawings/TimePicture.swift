import Scenario
import Units

/// The axis of time with the events and with what is judged when.
enum TimePicture {
    // Pixels, arbitrary.
    private static let rowHeight = 24.0
    private static let axisWidth = 420.0
    private static let left = 34.0
    private static let wordsWidth = 440.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let spans = TimelineSpan.spans(of: scenario)
        let words = left + axisWidth + 30
        let texts = spans.map { Picture.wrapped(text(of: $0), width: wordsWidth) }
        let further = texts.reduce(0) { $0 + $1.count - 1 }
        let bottom = 72 + rowHeight * Double(spans.count) + Picture.lineHeight * Double(further)
        var picture = Picture(width: words + wordsWidth + 24, height: bottom + 20)
        picture.write("Time", 24, 28, .title)
        for mark in TimelineSpan.marks(scenario.duration) {
            let x = place(mark, scenario.duration)
            picture.line(x, 62, x, bottom, .rule)
            picture.write(AmountText.time(mark), x, 54, .muted, anchor: .middle)
        }
        picture.line(left, 62, left + axisWidth, 62, .mark)
        var y = 70.0
        for (span, lines) in zip(spans, texts) {
            let (from, to) = (
                place(span.from - .start, scenario.duration), place(span.to - .start, scenario.duration)
            )
            picture.rectangle(from, y + 4, max(3, to - from), rowHeight - 10, span.kind == .event ? .event : .judged)
            for (index, line) in lines.enumerated() {
                picture.write(line, words, y + 15 + Picture.lineHeight * Double(index))
            }
            y += rowHeight + Picture.lineHeight * Double(lines.count - 1)
        }
        return picture
    }

    private static func text(of span: TimelineSpan) -> String { "\(span.when): \(span.text)" }

    private static func place(_ interval: Interval, _ duration: Interval) -> Double {
        left + axisWidth * Double(interval.rawValue) / Double(max(1, duration.rawValue))
    }
}
