import RunRecords
import Scenario
import Units
import YAMLReading

/// Reads what must hold.
struct ExpectationReader {
    /// `nil` when the rack could not be read: then names of signals are not judged.
    let catalogue: SignalCatalogue?
    let duration: Interval?

    private static let forms =
        "always, never, or at with within, for or settles, such as {at: 2 min, within: 2 s, holds: rack.power <= 22 kW}"

    func read(_ value: YAMLValue?) -> [ExpectationDefinition] {
        (value?.list("a list of expectations") ?? []).compactMap { readOne($0) }
    }

    private func readOne(_ item: YAMLValue) -> ExpectationDefinition? {
        guard let mapping = item.mapping("an expectation: \(Self.forms)") else { return nil }
        let forms = ["always", "never", "holds", "settles"].filter { mapping.optional($0) != nil }
        guard forms.count == 1, let place = mapping.optional(forms[0]) else {
            let words = forms.isEmpty ? "none" : forms.joined(separator: " and ")
            item.problem("expected one of always, never, holds, settles in an expectation, found \(words)")
            return nil
        }
        defer { mapping.finish() }
        switch forms[0] {
        case "always", "never": return readThroughout(forms[0], place, mapping)
        case "holds": return readHolds(place, mapping)
        default: return readSettles(place, mapping)
        }
    }

    private func readThroughout(_ form: String, _ place: YAMLValue, _ mapping: YAMLMapping) -> ExpectationDefinition? {
        let from = readInstant(mapping.optional("from"))
        var except = Interval.zero
        if let fields = mapping.optional("except")?.mapping("a mapping such as {after: any-event, for: 500 ms}") {
            if let after = fields.required("after"), after.scalarText != "any-event" { after.expected("any-event") }
            except = fields.required("for")?.interval() ?? .zero
            fields.finish()
        }
        guard let predicate = PredicateReader(catalogue: catalogue).read(place) else { return nil }
        return ExpectationDefinition(
            kind: form == "always" ? .always : .never, from: from ?? .start, predicate: predicate,
            exceptAfterEvents: except, text: place.scalarText ?? "")
    }

    private func readHolds(_ place: YAMLValue, _ mapping: YAMLMapping) -> ExpectationDefinition? {
        let at = readInstant(mapping.required("at"))
        let (within, lasting) = (mapping.optional("within"), mapping.optional("for"))
        let limit = within?.interval()
        let length = lasting?.interval()
        if within == nil, lasting == nil {
            place.problem("expected \"within\", \"for\" or both beside \"holds\", found none")
        }
        checkEnd(at, limit ?? .zero, length ?? .zero, place)
        guard let predicate = PredicateReader(catalogue: catalogue).read(place), let at else { return nil }
        let words = place.scalarText ?? ""
        let tail = lasting.map { " for \($0.scalarText ?? "")" } ?? ""
        if let within {
            return ExpectationDefinition(
                kind: .within(limit: limit ?? .zero, lasting: length ?? .zero), from: at, predicate: predicate,
                exceptAfterEvents: .zero, text: "\(words) in \(within.scalarText ?? "")\(tail)")
        }
        let start = mapping.optional("at")?.scalarText ?? ""
        return ExpectationDefinition(
            kind: .during(length: length ?? .zero), from: at, predicate: predicate, exceptAfterEvents: .zero,
            text: "\(words) from \(start)\(tail)")
    }

    private func readSettles(_ place: YAMLValue, _ mapping: YAMLMapping) -> ExpectationDefinition? {
        let at = readInstant(mapping.required("at"))
        let (to, band, within) = (mapping.required("to"), mapping.required("band"), mapping.required("within"))
        let limit = within?.interval()
        checkEnd(at, limit ?? .zero, .zero, place)
        guard let path = place.string("a signal") else { return nil }
        let reader = PredicateReader(catalogue: catalogue)
        guard let entry = reader.signal(path, place), let dimension = reader.dimension(of: entry, place) else {
            return nil
        }
        let target = to?.quantity(dimension).map { $0.baseUnits / dimension.baseUnitsInOne }
        let width = band?.quantity(dimension).map { $0.baseUnits / dimension.baseUnitsInOne }
        if let band, let width, width <= 0 { band.problem("expected a band above zero, found \(band.found)") }
        guard let at, let target, let width, let limit else { return nil }
        let predicate = SignalPredicate(left: path, comparison: .lessOrEqual, right: .constant(target), isTruth: false)
        return ExpectationDefinition(
            kind: .settles(limit: limit, band: width), from: at, predicate: predicate, exceptAfterEvents: .zero,
            text: "\(path) at \(to?.scalarText ?? "") within \(band?.scalarText ?? "") in \(within?.scalarText ?? "")")
    }

    private func readInstant(_ place: YAMLValue?) -> Instant? {
        guard let place, let time = place.interval() else { return nil }
        if let duration, time >= duration {
            place.problem(
                "the run ends at \(duration.text), before this; expected an earlier time, found \(place.found)")
        }
        return .start + time
    }

    private func checkEnd(_ at: Instant?, _ limit: Interval, _ length: Interval, _ place: YAMLValue) {
        guard let at, let duration, at <= .start + duration else { return }
        let end = (at + limit + length) - .start
        if end > duration {
            place.problem(
                "to be judged until \(end.text), but the run ends at \(duration.text); shorten it or lengthen the run")
        }
    }
}
