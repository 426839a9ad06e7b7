import Scenario

/// What the colours of a picture mean: only those that it has.
struct LegendPicture {
    enum Entry: CaseIterable {
        case supply, backup, tray, shared, controller, feed, bus, budget, event, judged

        var words: String {
            switch self {
            case .supply: "power shelf or tether"
            case .backup: "backup shelf"
            case .tray: "tray"
            case .shared: "serves the whole rack"
            case .controller: "rack controller"
            case .feed: "feed and its breaker"
            case .bus: "bus with the units' numbers"
            case .budget: "power that may flow"
            case .event: "event, as long as it lasts"
            case .judged: "when an expectation is judged"
            }
        }
    }

    /// Of the rack: the kinds of places that it has, feeds and buses.
    static func ofRack(_ scenario: ScenarioDefinition) -> [Entry] {
        let kinds = ElevationSlot.slots(of: scenario.rack).map(\.kind)
        let places: [(Entry, ElevationSlot.Kind)] = [
            (.supply, .supply), (.backup, .backup), (.tray, .tray), (.shared, .cooling), (.controller, .controller),
        ]
        return places.filter { kinds.contains($0.1) }.map(\.0) + [.feed, .bus]
    }

    /// Of the axis of time; a scenario may have no events, or expect nothing.
    static func ofTime(_ scenario: ScenarioDefinition) -> [Entry] {
        (scenario.events.isEmpty ? [] : [.event]) + (scenario.expectations.isEmpty ? [] : [.judged])
    }

    // Pixels, arbitrary.
    private static let width = 808.0
    private static let swatch = 26.0
    private static let rowHeight = 22.0

    static func draw(_ entries: [Entry]) -> Picture {
        var places: [(x: Double, row: Int)] = []
        var (x, row) = (24.0, 0)
        for entry in entries {
            let step = swatch + 8 + Picture.textWidth(entry.words) + 14
            if x + step > width, x > 24 { (x, row) = (24, row + 1) }
            places.append((x, row))
            x += step
        }
        var picture = Picture(width: width, height: 12 + rowHeight * Double(row + 1))
        for (entry, place) in zip(entries, places) {
            let y = 10 + rowHeight * Double(place.row)
            draw(entry, place.x, y, in: &picture)
            picture.write(entry.words, place.x + swatch + 8, y + 11, .muted)
        }
        return picture
    }

    private static func draw(_ entry: Entry, _ x: Double, _ y: Double, in picture: inout Picture) {
        switch entry {
        case .supply: picture.rectangle(x, y, swatch, 14, .supply)
        case .backup: picture.rectangle(x, y, swatch, 14, .backup)
        case .tray: picture.rectangle(x, y, swatch, 14, .tray)
        case .shared: picture.rectangle(x, y, swatch, 14, .cooling)
        case .controller: picture.rectangle(x, y, swatch, 14, .controller)
        case .feed: picture.line(x, y + 7, x + swatch, y + 7, .supply)
        case .bus:
            picture.line(x, y + 7, x + swatch, y + 7, .lane)
            picture.dot(x + swatch / 2, y + 7, .lane)
        case .budget: picture.rectangle(x, y, swatch, 14, .budget)
        case .event: picture.rectangle(x, y, swatch, 14, .event)
        case .judged: picture.rectangle(x, y, swatch, 14, .judged)
        }
    }
}
