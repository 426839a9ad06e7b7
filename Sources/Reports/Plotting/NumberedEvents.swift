internal import RunRecords

/// The major events in order of time, each with the number under which plots mark it.
struct NumberedEvents: Sendable {
    /// One mark of a plot: an event, or several that would overlap.
    struct Mark: Sendable {
        var first: Int
        var last: Int
        /// Centre, from 0 to 1.
        var place: Double

        var label: String { first == last ? String(first) : "\(first)–\(last)" }
        /// Pixels: digits of 11 px and the room around them.
        var width: Double { Double(label.count) * 7 + 11 }
    }

    /// Number = index + 1.
    let events: [EventMark]

    init(_ all: [EventMark]) {
        let major = all.filter { $0.isMajor && $0.at.isFinite }
        // Sorted by index as well: the order of events at one instant is the order in which they happened.
        events = major.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Runs of events that say the same of different subjects within a second, such as the supplies of a lost feed: a
    /// line of the list each. Indices into `events`.
    var groups: [Range<Int>] {
        var groups: [Range<Int>] = []
        for (index, event) in events.enumerated() {
            if let group = groups.last, let first = events[group].first, first.text == event.text,
                first.source == event.source, first.subject != event.subject, event.at - first.at <= 1
            {
                groups[groups.count - 1] = group.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
            }
        }
        return groups
    }

    /// Marks that do not overlap on a plot of this width in pixels.
    func marks(time: TimeAxis, width: Double) -> [Mark] {
        var marks: [Mark] = []
        for (index, event) in events.enumerated() where event.at <= time.end {
            var mark = Mark(first: index + 1, last: index + 1, place: time.fraction(event.at))
            while let previous = marks.last,
                (mark.place - previous.place) * width < (mark.width + previous.width) / 2 + 2
            {
                marks.removeLast()
                mark = Mark(
                    first: previous.first, last: mark.last,
                    place: (time.fraction(events[previous.first - 1].at) + time.fraction(events[mark.last - 1].at)) / 2)
            }
            marks.append(mark)
        }
        return marks
    }
}
