public import Scenario
import Units

/// A scenario drawn with characters: what it shows, its rack, its buses, its budgets, what happens when.
public struct ScenarioText {
    public let text: String

    public init(_ scenario: ScenarioDefinition) {
        var parts = [Self.head(scenario), Self.elevation(scenario.rack), Self.buses(scenario.rack)]
        parts.append(Self.section("Budgets", Self.budgets(scenario)))
        parts.append(Self.section("Work", WorkloadText.lines(scenario).map { "  " + $0 }))
        parts.append(Self.section("Controller", [Self.controller(scenario.controller)]))
        parts.append(Self.timeline(scenario))
        if !scenario.look.isEmpty { parts.append(Self.section("Look at", scenario.look.map { "  - " + $0 })) }
        if !scenario.parameters.isEmpty {
            parts.append(
                Self.section("Parameters", scenario.parameters.map { "  \($0.name) = \($0.value)" }))
        }
        if !scenario.variants.isEmpty { parts.append(Self.section("Variants", Self.variants(scenario))) }
        text = parts.joined(separator: "\n\n")
    }

    private static func head(_ scenario: ScenarioDefinition) -> String {
        let group = scenario.group.map { "   \($0.title)" } ?? ""
        return "\(scenario.name)\(group)   \(AmountText.time(scenario.duration))\n\(scenario.says)"
    }

    private static func section(_ title: String, _ lines: [String]) -> String {
        ([title] + lines).joined(separator: "\n")
    }

    /// The rack as a box, a line for each place, and the units that sit there in a column for each bus.
    private static func elevation(_ rack: RackDefinition) -> String {
        let slots = ElevationSlot.slots(of: rack)
        let inside = slots.map { ($0.name, $0.contents) }
        let nameWidth = inside.map(\.0.count).max() ?? 0
        let contentWidth = inside.map(\.1.count).max() ?? 0
        let columns = rack.buses.indices.map { bus in
            max(rack.buses[bus].name.count, slots.map { $0.unitText(bus: bus).count }.max() ?? 0)
        }
        let width = nameWidth + contentWidth + 6
        let heads = zip(rack.buses, columns).map { padded($0.name, $1) }.joined(separator: "  ")
        var lines = ["Rack \(rack.name)" + String(repeating: " ", count: max(0, width - rack.name.count - 1)) + heads]
        lines[0] = trimmed(lines[0])
        lines.append("  +" + String(repeating: "-", count: width - 2) + "+")
        var previous: ElevationSlot.Kind?
        for slot in slots {
            if let previous, previous != slot.kind {
                lines.append("  |" + String(repeating: " ", count: width - 2) + "|")
            }
            previous = slot.kind
            let units = columns.indices.map { padded(slot.unitText(bus: $0), columns[$0]) }.joined(separator: "  ")
            lines.append(
                trimmed("  | \(padded(slot.name, nameWidth))  \(padded(slot.contents, contentWidth)) |  \(units)"))
        }
        lines.append("  +" + String(repeating: "-", count: width - 2) + "+")
        return lines.joined(separator: "\n")
    }

    private static func buses(_ rack: RackDefinition) -> String {
        let rows = BusRow.rows(of: rack)
        let nameWidth = rows.map(\.name.count).max() ?? 0
        let mediumWidth = rows.map(\.medium.count).max() ?? 0
        return section(
            "Buses",
            rows.flatMap { row in
                row.devices.enumerated().map { index, device in
                    let lead = index == 0 ? (row.name, row.medium) : ("", "")
                    return "  \(padded(lead.0, nameWidth))  \(padded(lead.1, mediumWidth))  \(device)"
                }
            })
    }

    private static func budgets(_ scenario: ScenarioDefinition) -> [String] {
        let rows = BudgetRow.rows(of: scenario)
        let names = rows.map { String(repeating: "  ", count: $0.depth + 1) + $0.name }
        let nameWidth = names.map(\.count).max() ?? 0
        let limits = rows.map { AmountText.power($0.limit) }
        let limitWidth = limits.map(\.count).max() ?? 0
        return rows.indices.map {
            "\(padded(names[$0], nameWidth))  \(leading(limits[$0], limitWidth))  \(rows[$0].reason)"
        }
    }

    private static func controller(_ settings: ControllerSettings) -> String {
        "  law \(settings.law.rawValue), \(settings.redundancy.rawValue), every \(AmountText.time(settings.period)), "
            + "devices fall back after \(AmountText.time(settings.deviceWatchdog)) of silence"
    }

    // MARK: Time

    /// Characters from the beginning of the run to its end. Arbitrary.
    private static let axisWidth = 60

    private static func timeline(_ scenario: ScenarioDefinition) -> String {
        let spans = TimelineSpan.spans(of: scenario)
        var lines = ["Time"] + axis(scenario.duration)
        let whenWidth = spans.map(\.when.count).max() ?? 0
        for span in spans {
            let bar = bar(span, scenario.duration)
            lines.append("  \(bar)   \(padded(span.when, whenWidth))  \(span.text)")
        }
        return lines.joined(separator: "\n")
    }

    private static func column(_ interval: Interval, of duration: Interval) -> Int {
        let share = Double(interval.rawValue) / Double(max(1, duration.rawValue))
        return min(axisWidth, max(0, Int((share * Double(axisWidth)).rounded())))
    }

    private static func axis(_ duration: Interval) -> [String] {
        var labels = Array(repeating: Character(" "), count: axisWidth + 12)
        var ruler = Array(repeating: Character("-"), count: axisWidth + 1)
        var free = 0
        for mark in TimelineSpan.marks(duration) {
            let place = column(mark, of: duration)
            ruler[place] = "+"
            let label = AmountText.time(mark)
            guard place >= free else { continue }
            for (offset, letter) in label.enumerated() { labels[place + offset] = letter }
            free = place + label.count + 1
        }
        return [trimmed("  " + String(labels)), "  " + String(ruler)]
    }

    /// An event is a solid bar with a mark where it begins; what is judged is a dotted one.
    private static func bar(_ span: TimelineSpan, _ duration: Interval) -> String {
        let (first, last) = (column(span.from - .start, of: duration), column(span.to - .start, of: duration))
        var cells = Array(repeating: Character(" "), count: axisWidth + 1)
        for cell in first...max(first, last) { cells[cell] = span.kind == .event ? "=" : "." }
        if span.kind == .event { cells[first] = "#" }
        return String(cells)
    }

    private static func variants(_ scenario: ScenarioDefinition) -> [String] {
        let rows = VariantRow.rows(of: scenario)
        let width = rows.map(\.name.count).max() ?? 0
        return rows.flatMap { row -> [String] in
            let lead = "  \(padded(row.name, width))  "
            let indent = String(repeating: " ", count: lead.count)
            return [lead + (row.says.isEmpty ? row.settings : row.says), indent + row.outcome]
        }
    }

    // MARK: Columns

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
