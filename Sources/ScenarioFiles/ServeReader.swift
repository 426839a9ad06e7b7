import Scenario
import YAMLReading

/// Reads where clients from outside meet the buses: by the name of a bus, one place or a list of them, in the words of
/// the command line.
struct ServeReader {
    /// `nil` when the rack could not be read; then only the texts are judged.
    let buses: [BusDefinition]?

    func read(_ value: YAMLValue?) -> [ServedBus] {
        guard let mapping = value?.mapping("a mapping such as {management: \"tcp:1502\", shelf: pty}") else {
            return []
        }
        var served: [ServedBus] = []
        for entry in mapping.entries {
            let bus = index(of: entry.key)
            let places = entry.value.isSequence ? entry.value.list() ?? [] : [entry.value]
            if places.isEmpty { entry.value.expected("a place such as \"tcp:1502\", or a list of them") }
            for place in places {
                guard let read = read(place, bus), let bus else { continue }
                if let twin = served.first(where: { $0.place.excludes(read) }) {
                    place.problem("this place is taken by the bus \"\(buses?[twin.bus].name ?? "")\"; choose another")
                }
                served.append(ServedBus(bus: bus, place: read))
            }
        }
        return served
    }

    private func index(of key: YAMLValue) -> Int? {
        guard let name = key.string("the name of a bus"), let buses else { return nil }
        if let index = buses.firstIndex(where: { $0.name == name }) { return index }
        // A rack without buses has been told already.
        if !buses.isEmpty {
            key.problem("unknown bus \"\(name)\"\(Nearness.hint(for: name, among: buses.map(\.name)))")
        }
        return nil
    }

    private func read(_ value: YAMLValue, _ bus: Int?) -> ServedPlace? {
        guard let text = value.string("a place such as \"tcp:1502\"") else { return nil }
        do throws(ServedPlaceMistake) {
            let place = try ServedPlace(parsing: text)
            if let bus, let mistake = buses.flatMap({ place.mistake(on: $0[bus]) }) { value.problem(mistake) }
            return place
        } catch {
            // A comma ends a value between brackets.
            let isTornOff = text.hasPrefix("pace=") || text.allSatisfy(\.isNumber)
            value.problem(
                "expected \(error.expected), found \(error.found)"
                    + (isTornOff ? "; put a place that has a comma into quotes" : ""))
            return nil
        }
    }
}
