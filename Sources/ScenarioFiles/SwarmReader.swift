public import Scenario
import Units
import YAMLReading

/// Reads how a swarm varies the scenario, and from when on safety is judged.
struct SwarmReader {
    /// Declared by the parameters: what a swarm varies where it does not say.
    let ranges: [ValueRange]
    /// Of the scenario; `nil` when it could not be read.
    let duration: Interval?

    /// The defaults, all arbitrary: a minute; the first eight seconds find and arm every device; what has gone on for
    /// half a minute was met; from floors back to most of the budget takes a dozen seconds at the default slew.
    private static let duration = Interval.seconds(60)
    private static let from = Interval.seconds(8)
    private static let healedBy = Interval.seconds(40)
    private static let settlesWithin = Interval.seconds(16)
    private static let mostTroubles = 4

    /// What a swarm does with a scenario that has no section about it.
    func usual() -> SwarmSettings {
        SwarmSettings(
            duration: Self.duration, varied: ranges, mostTroubles: Self.mostTroubles,
            kinds: SwarmSettings.TroubleKind.allCases, from: .start + Self.from,
            safety: SafetySettings(healedBy: .start + Self.healedBy, settlesWithin: Self.settlesWithin))
    }

    func read(_ value: YAMLValue?) -> SwarmSettings {
        var settings = usual()
        guard let mapping = value?.mapping("a mapping such as {duration: 60 s, faults: {most: 4}}") else {
            return settings
        }
        let length = mapping.optional("duration")?.interval(from: .seconds(1), to: .seconds(604_800))
        settings.duration = length ?? settings.duration
        if let varied = mapping.optional("vary") { settings.varied = readVaried(varied) }
        let faults = mapping.optional("faults")
        if let faults { readFaults(faults, &settings) }
        let settles = mapping.optional("settles")
        if let fields = settles?.mapping("a mapping such as {within: 15 s}") {
            settings.safety.settlesWithin = fields.required("within")?.interval() ?? settings.safety.settlesWithin
            fields.finish()
        }
        mapping.finish()
        checkOrder(settings, faults ?? mapping.place, settles ?? faults ?? mapping.place)
        return settings
    }

    /// `safety: {healed-by: 40 s, settles-within: 15 s}`: what a swarm writes into the scenarios that it found.
    func readSafety(_ value: YAMLValue?) -> SafetySettings? {
        guard let mapping = value?.mapping("a mapping such as {healed-by: 40 s, settles-within: 15 s}") else {
            return nil
        }
        let healedBy = mapping.required("healed-by")?.interval()
        let within = mapping.required("settles-within")?.interval()
        mapping.finish()
        guard let healedBy, let within else { return nil }
        return SafetySettings(healedBy: .start + healedBy, settlesWithin: within)
    }

    private func readVaried(_ value: YAMLValue) -> [ValueRange] {
        guard let mapping = value.mapping("a mapping such as {demand: [40 %, 100 %]}") else { return [] }
        return mapping.entries.compactMap { entry in
            guard let path = entry.key.string("a parameter or a path such as controller.budget") else { return nil }
            let names = ranges.map(\.path)
            if !path.contains("."), !names.contains(path) {
                entry.key.problem(
                    "unknown parameter with a range \"\(path)\"; expected one, or a path such as controller.budget"
                        + Nearness.hint(for: path, among: names))
            }
            guard let ends = entry.value.list("a range such as [40 %, 100 %]") else { return nil }
            guard ends.count == 2, let low = ends[0].scalarText, let high = ends[1].scalarText,
                let range = ValueRange(path: path, ends: (low, high))
            else {
                entry.value.problem("expected a range of two quantities of one kind, the smaller first")
                return nil
            }
            return range
        }
    }

    private func readFaults(_ value: YAMLValue, _ settings: inout SwarmSettings) {
        guard let mapping = value.mapping("a mapping such as {most: 4, from: 5 s, healed-by: 40 s}") else { return }
        settings.mostTroubles = mapping.optional("most")?.integer(in: 1...100) ?? settings.mostTroubles
        if let list = mapping.optional("kinds")?.list("a list such as [fail-supply, bus-fault]") {
            let found = list.compactMap { $0.choice(of: SwarmSettings.TroubleKind.self) }
            if list.isEmpty { mapping.optional("kinds")?.problem("expected at least one kind of trouble, found none") }
            settings.kinds = SwarmSettings.TroubleKind.allCases.filter { found.contains($0) }
        }
        if let from = mapping.optional("from")?.interval() { settings.from = .start + from }
        if let healed = mapping.optional("healed-by")?.interval() { settings.safety.healedBy = .start + healed }
        mapping.finish()
    }

    private func checkOrder(_ settings: SwarmSettings, _ faults: YAMLValue, _ place: YAMLValue) {
        if settings.from >= settings.safety.healedBy {
            faults.problem("expected healed-by after from, found \((settings.safety.healedBy - .start).text)")
        }
        let settled = settings.safety.settledBy - .start
        if settled + Self.judged > settings.duration {
            place.problem(
                "the rack must have settled at \(settled.text), and a run ends at \(settings.duration.text); expected at "
                    + "least \(Self.judged.text) in between: heal earlier, settle faster, or lengthen the run")
        }
    }

    /// Convergence is judged for at least so long; arbitrary.
    private static let judged = Interval.seconds(2)
}

extension ValueRange {
    /// `nil` where the ends are no two quantities of one kind, the smaller first.
    init?(path: String, ends: (low: String, high: String)) {
        let kind = Dimension.allCases.first {
            ExactQuantity.parse(ends.low, as: $0) != nil && ExactQuantity.parse(ends.high, as: $0) != nil
        }
        guard let kind, let low = ExactQuantity.parse(ends.low, as: kind),
            let high = ExactQuantity.parse(ends.high, as: kind), low.baseUnits <= high.baseUnits
        else { return nil }
        let unit = ExactQuantity.split(ends.high).unit
        guard let factor = kind.units.first(where: { $0.name == unit }) else { return nil }
        let scale = Double(factor.numerator) / Double(factor.denominator)
        self.init(
            path: path, lowest: low.baseUnits / scale, highest: high.baseUnits / scale, unit: unit,
            isWhole: kind == .count)
    }

    /// `path=lo..hi`, as a command line gives it: `controller.budget=21kW..27.5kW`.
    public init?(argument: String) {
        guard let sign = argument.firstIndex(of: "="), sign != argument.startIndex else { return nil }
        let text = argument[argument.index(after: sign)...]
        guard let dots = text.firstRange(of: "..") else { return nil }
        self.init(
            path: String(argument[..<sign]),
            ends: (String(text[..<dots.lowerBound]), String(text[dots.upperBound...])))
    }
}

extension YAMLValue {
    /// The two ends of a range, without a complaint when it is none.
    var rangeEnds: (low: String, high: String)? {
        guard isSequence, let ends = list(), ends.count == 2, let low = ends[0].scalarText,
            let high = ends[1].scalarText
        else { return nil }
        return (low, high)
    }
}
