import Delivery
import YAMLReading

/// A lead time with how well it is known: `{typical: 24 w, earliest: 18 w, latest: 54 w, mark: typical, source: …}`.
enum LeadTimeReader {
    static func read(_ value: YAMLValue) -> (leadTime: LeadTime, provenance: Provenance)? {
        let example = "{earliest: 18 w, typical: 24 w, latest: 54 w, mark: typical, source: …}"
        guard let mapping = value.mapping("a mapping such as \(example)") else { return nil }
        let mark = mapping.required("mark")?.choice(of: Provenance.Mark.self)
        let source = mapping.required("source")?.string("where the figure is from")
        let leadTime = mapping.optional("quoted") == nil ? spread(mapping) : quoted(mapping)
        mapping.finish()
        guard let mark, let source, let leadTime else { return nil }
        return (leadTime, Provenance(mark: mark, source: source))
    }

    private static func quoted(_ mapping: YAMLMapping) -> LeadTime? {
        for key in ["earliest", "typical", "latest"] {
            mapping.optional(key)?.problem("expected either \"quoted\" or a spread, found both; leave \"\(key)\" out")
        }
        return mapping.optional("quoted")?.days().map { .quoted(days: $0) }
    }

    private static func spread(_ mapping: YAMLMapping) -> LeadTime? {
        let places = ["earliest", "typical", "latest"].map { mapping.optional($0) }
        if places.allSatisfy({ $0 == nil }) {
            mapping.place.problem(
                "expected \"quoted\", or \"earliest\", \"typical\" and \"latest\", found neither")
            return nil
        }
        let days = zip(["earliest", "typical", "latest"], places).map { key, place -> Int? in
            guard let place else { return mapping.required(key).flatMap { $0.days() } }
            return place.days()
        }
        guard let earliest = days[0], let typical = days[1], let latest = days[2] else { return nil }
        guard earliest <= typical, typical <= latest else {
            let place = (typical < earliest ? places[1] : places[2]) ?? mapping.place
            place.problem(
                "expected earliest <= typical <= latest, found \(earliest) d, \(typical) d, \(latest) d; swap them")
            return nil
        }
        guard earliest < latest else { return .quoted(days: typical) }
        return .triangular(earliest: earliest, typical: typical, latest: latest)
    }
}
