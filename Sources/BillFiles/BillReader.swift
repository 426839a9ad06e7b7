import Delivery
import DeviceSpecs
import Scenario
import ScenarioFiles
import YAMLReading

/// Reads the mapping of a bill. Reading goes on after a mistake, so that all of them are told.
final class BillReader {
    /// `nil` when the rack could not be read.
    let stock: RackStock?
    /// The device types that the bill names.
    let library: ModelLibrary

    /// A line of the bill before the lines are joined.
    struct Line {
        var name: String
        var place: YAMLValue
        var says: String
        /// Of a part that the rack file does not know.
        var countPerRack: Int?
        var assembly: (days: Int, components: [(name: YAMLValue, count: Int)])?
        var sources: [PartSource]
    }

    /// Arbitrary: more racks than a hall holds, more parts than a rack does.
    static let rackLimit = 1000
    static let countLimit = 1_000_000

    init(stock: RackStock?, files: ProjectFiles) {
        self.stock = stock
        library = ModelLibrary(files: files)
    }

    func read(_ mapping: YAMLMapping) -> BillOfParts? {
        let name = mapping.required("bill")?.string("the bill's name")
        let says = mapping.optional("says")?.string() ?? ""
        if let place = mapping.optional("rack"), let rack = place.string("the rack's name"), let stock,
            rack != stock.rack.name
        {
            place.expected("the rack that it is asked for, \"\(stock.rack.name)\"")
        }
        let order = mapping.required("order").flatMap { readOrder($0) }
        let lines = readLines(mapping.required("parts"))
        mapping.finish()
        let parts = join(lines, bill: mapping)
        guard let name, let order, let stock else { return nil }
        return BillOfParts(name: name, rack: stock.rack.name, says: says, order: order, parts: parts)
    }

    private func readOrder(_ value: YAMLValue) -> RackOrder? {
        guard let mapping = value.mapping("a mapping such as {racks: 12, placed: 2026-03-02, bring-up: 3 d}") else {
            return nil
        }
        let racks = mapping.required("racks")?.integer(in: 1...Self.rackLimit)
        let placed = mapping.optional("placed")?.calendarDay()
        let needed = mapping.optional("needed").flatMap { neededDays($0, placed: placed) }
        let order = RackOrder(
            racks: racks ?? 1, placed: placed, neededDays: needed,
            bringUpDays: mapping.optional("bring-up")?.days("3 d") ?? 0,
            places: mapping.optional("places")?.integer(in: 1...Self.rackLimit),
            buying: mapping.optional("buying")?.choice(of: RackOrder.Buying.self) ?? .split)
        mapping.finish()
        return racks == nil ? nil : order
    }

    /// A calendar day or days after the order.
    private func neededDays(_ value: YAMLValue, placed: CalendarDay?) -> Int? {
        if let text = value.scalarText, let days = YAMLValue.days(of: text) { return days }
        guard let text = value.scalarText, let day = CalendarDay(text) else {
            value.expected("a day such as \"2026-12-18\", or days after the order such as \"200 d\"")
            return nil
        }
        guard let placed else {
            value.problem("a calendar day needs the order's own: write placed: 2026-03-02, or give days such as 200 d")
            return nil
        }
        guard day.number > placed.number else {
            value.expected("a day after the order of \(placed)")
            return nil
        }
        return day.number - placed.number
    }

    // MARK: Lines

    private func readLines(_ value: YAMLValue?) -> [Line] {
        guard let value, let items = value.list("a list of parts") else { return [] }
        if items.isEmpty { value.problem("expected at least a part, found an empty list") }
        var lines: [Line] = []
        for item in items {
            guard let mapping = item.mapping("a part such as {part: busbar-pm-1, sources: […]}") else { continue }
            let place = mapping.required("part")
            let name = place?.string("the name of a part") ?? ""
            if lines.contains(where: { $0.name == name && !name.isEmpty }) {
                place?.problem("the part \"\(name)\" stands twice; put all its sources into one line")
            }
            let type = stock?.type(name)
            var line = Line(
                name: name, place: place ?? mapping.place, says: mapping.optional("says")?.string() ?? "",
                // A mistaken count is still one: the part is no stranger.
                countPerRack: mapping.optional("per-rack").map { $0.integer(in: 1...Self.countLimit) ?? 1 },
                assembly: mapping.optional("assembly").flatMap { readAssembly($0) }, sources: [])
            let isAssembled = mapping.optional("assembly") != nil
            line.sources = SourceReader(reader: self, part: name, type: type).read(
                mapping.optional("sources"), isAssembled: isAssembled)
            if !isAssembled, mapping.optional("sources") == nil {
                mapping.place.problem("expected \"sources\" or \"assembly\" of the part \"\(name)\", found neither")
            }
            if let count = mapping.optional("per-rack"), let type {
                count.problem(
                    "the rack itself tells how many \"\(name)\" it has, \(type.devices.count); leave \"per-rack\" out")
            }
            mapping.finish()
            lines.append(line)
        }
        return lines
    }

    private func readAssembly(_ value: YAMLValue) -> (days: Int, components: [(name: YAMLValue, count: Int)])? {
        guard let mapping = value.mapping("a mapping such as {takes: 3 w, from: {mcu-32: 1}}") else { return nil }
        let days = mapping.required("takes")?.days("3 w")
        var components: [(name: YAMLValue, count: Int)] = []
        if let place = mapping.required("from"), let from = place.mapping("a mapping such as {mcu-32: 1}") {
            for entry in from.entries {
                guard let count = entry.value.integer(in: 1...Self.countLimit) else { continue }
                components.append((entry.key, count))
            }
            if from.entries.isEmpty { place.problem("expected at least one component, found none") }
        }
        mapping.finish()
        // The components are known even where the time is mistaken: their lines are no strangers then.
        return components.isEmpty ? nil : (days ?? 0, components)
    }
}
