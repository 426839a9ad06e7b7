import RunRecords
import Scenario
import YAMLReading

/// Reads `rack.power <= 22 kW`, `rack.power <= rack.budget`, `feed-a/breaker.tripped`, `not tray-4.online`.
struct PredicateReader {
    /// `nil` when the rack could not be read: then only the form is judged.
    let catalogue: SignalCatalogue?

    private static let form = "a comparison such as \"rack.power <= 22 kW\" or \"rack.power <= rack.budget\""

    func read(_ place: YAMLValue) -> SignalPredicate? {
        guard let text = place.string(Self.form) else { return nil }
        guard let (left, comparison, right) = Self.split(text) else {
            if text.contains(where: { "<>=!".contains($0) }) {
                place.expected("\(Self.form), with one of <=, >=, <, >")
                return nil
            }
            return readTruth(text, place)
        }
        guard !left.isEmpty, !right.isEmpty else {
            place.expected(Self.form)
            return nil
        }
        guard let entry = signal(left, place) else {
            // The other side may be mistaken too.
            if Self.isPath(right) { _ = signal(right, place) }
            return nil
        }
        guard !entry.source.isTruth else {
            place.problem("\"\(left)\" is true or false and stands alone; found it in a comparison")
            return nil
        }
        if Self.isPath(right) {
            guard let other = signal(right, place) else { return nil }
            guard other.description.unit == entry.description.unit, !other.source.isTruth else {
                place.problem(
                    "expected two signals of one unit, found \(Self.unit(entry)) and \(Self.unit(other))")
                return nil
            }
            return SignalPredicate(left: left, comparison: comparison, right: .signal(right), isTruth: false)
        }
        guard let dimension = dimension(of: entry, place) else { return nil }
        guard let exact = ExactQuantity.parse(right, as: dimension) else {
            let units = dimension.units.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
            let remedy = units.isEmpty ? "" : " (units: \(units))"
            place.problem(
                "expected a \(dimension.title) such as \"\(dimension.example)\"\(remedy) after \(comparison.rawValue), found \"\(right)\""
            )
            return nil
        }
        let amount = exact.baseUnits / dimension.baseUnitsInOne
        return SignalPredicate(left: left, comparison: comparison, right: .constant(amount), isTruth: false)
    }

    private func readTruth(_ text: String, _ place: YAMLValue) -> SignalPredicate? {
        let isNegated = text.hasPrefix("not ")
        let path = isNegated ? String(text.dropFirst(4).drop { $0 == " " }) : text
        guard let entry = signal(path, place) else { return nil }
        guard entry.source.isTruth else {
            place.expected("\(Self.form), since \(path) is a number")
            return nil
        }
        return SignalPredicate(
            left: path, comparison: isNegated ? .less : .greaterOrEqual, right: .constant(0.5), isTruth: true)
    }

    /// The catalogue's entry; a name that is unknown is reported.
    func signal(_ path: String, _ place: YAMLValue) -> SignalCatalogue.Entry? {
        guard let catalogue else { return nil }
        if let entry = catalogue.entries.first(where: { $0.description.path == path }) { return entry }
        place.problem(
            "unknown signal \"\(path)\"\(Nearness.hint(for: path, among: catalogue.descriptions.map(\.path)))")
        return nil
    }

    /// The dimension in which numbers are compared with the signal.
    func dimension(of entry: SignalCatalogue.Entry, _ place: YAMLValue) -> Dimension? {
        switch entry.description.unit {
        case "W": return .power
        case "V": return .voltage
        case "A": return .current
        case "J": return .energy
        case "degC": return .temperature
        case "rpm": return .rotationalSpeed
        case "%": return .ratio
        case "kPa": return .pressure
        case "L/min": return .flow
        default:
            if !entry.source.isTruth { return .count }
            place.problem(
                "expected a signal that is a number, found \"\(entry.description.path)\", which is true or false")
            return nil
        }
    }

    private static func unit(_ entry: SignalCatalogue.Entry) -> String {
        let unit = entry.source.isTruth ? "a truth" : entry.description.unit
        return "\(entry.description.path) in \(unit.isEmpty ? "a number" : unit)"
    }

    private static func isPath(_ text: String) -> Bool { text.first?.isLetter ?? false }

    private static func split(_ text: String) -> (String, SignalPredicate.Comparison, String)? {
        guard let start = text.firstIndex(where: { $0 == "<" || $0 == ">" }) else { return nil }
        var end = text.index(after: start)
        var symbol = String(text[start])
        if end < text.endIndex, text[end] == "=" {
            symbol += "="
            end = text.index(after: end)
        }
        guard let comparison = SignalPredicate.Comparison(rawValue: symbol) else { return nil }
        let right = String(text[end...].drop { $0 == " " }).trimmedAtEnd
        return (String(text[..<start]).trimmedAtEnd, comparison, right)
    }
}
