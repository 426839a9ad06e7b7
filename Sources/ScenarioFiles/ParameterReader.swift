import Scenario
import YAMLReading

/// Puts parameters and settings from the command line into a scenario before it is read.
///
/// A parameter is declared with a default and, for quantities, a range; `$name` anywhere in a value stands for it.
final class ParameterReader {
    private struct Parameter {
        var name: String
        var place: YAMLValue
        var text: String
        var isUsed = false
    }

    private let root: YAMLValue
    private let overrides: [ScenarioOverride]
    private var parameters: [Parameter] = []
    /// The ranges of the parameters that declare one, in the order of the file.
    private(set) var ranges: [ValueRange] = []

    init(root: YAMLValue, overrides: [ScenarioOverride]) {
        self.root = root
        self.overrides = overrides
    }

    /// Parameters with the values in force, then the other settings from the command line.
    var values: [(name: String, value: String)] {
        let names = parameters.map(\.name)
        return parameters.map { ($0.name, $0.text) }
            + overrides.filter { !names.contains($0.path) }.map { ($0.path, $0.value) }
    }

    /// The scenario with all values in place; it has no `parameters` of its own to be read any more.
    func settle() -> YAMLValue {
        let declared =
            (root.mapping()?.optional("parameters")?.mapping("a mapping of parameters by name"))?.entries ?? []
        var tree = root
        for override in overrides {
            let origin = override.origin
            let names = declared.compactMap(\.key.scalarText)
            var path = override.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if path.count == 1, names.contains(path[0]) { path = ["parameters", path[0], "default"] }
            if path.count == 1, !Self.scalarKeys.contains(path[0]) {
                let hint = Nearness.hint(for: path[0], among: names + Self.scalarKeys)
                root.log.add(
                    origin: origin,
                    "expected a parameter or a path such as controller.period, found \"\(path[0])\"\(hint)")
            } else if path.contains(where: \.isEmpty) {
                root.log.add(origin: origin, "expected a path of keys joined by dots, found \"\(override.path)\"")
            } else if let changed = tree.setting(path, to: override.value, origin: origin) {
                tree = changed
            } else {
                root.log.add(origin: origin, "\"\(override.path)\" is no single value of this scenario")
            }
        }
        declare(in: tree)
        let settled = tree.replacingScalars { [self] in substituted($0) }
        for parameter in parameters where !parameter.isUsed {
            parameter.place.problem(
                "the parameter \"\(parameter.name)\" is never used; write $\(parameter.name) where it belongs")
        }
        return settled
    }

    /// Keys at the top of a scenario that hold a single value.
    private static let scalarKeys = ["rack", "duration"]

    private func declare(in tree: YAMLValue) {
        guard let mapping = tree.mapping()?.optional("parameters")?.mapping("a mapping of parameters by name") else {
            return
        }
        for entry in mapping.entries {
            guard let name = entry.key.string("a name") else { continue }
            if !name.allSatisfy(Self.isNameLetter) {
                entry.key.expected("a name of letters, digits and hyphens")
            }
            guard let fields = entry.value.mapping("a mapping such as {default: 90 %, range: [0 %, 100 %], says: …}")
            else {
                parameters.append(Parameter(name: name, place: entry.key, text: "", isUsed: true))
                continue
            }
            let value = fields.required("default")
            var text = value?.string("a value") ?? ""
            _ = fields.optional("says")?.string()
            if let range = fields.optional("range"), let value {
                if let end = mistaken(value, range) { text = end }
                if let ends = range.rangeEnds, let span = ValueRange(path: name, ends: ends) { ranges.append(span) }
            }
            fields.finish()
            parameters.append(Parameter(name: name, place: entry.key, text: text))
        }
    }

    /// The value and both ends of the range must be quantities of one kind. A value outside is reported and an end of
    /// the range returned in its place, so that it is not reported again wherever it is used.
    private func mistaken(_ value: YAMLValue, _ range: YAMLValue) -> String? {
        guard let ends = range.list("a range such as [0 %, 100 %]") else { return nil }
        guard ends.count == 2, let low = ends[0].scalarText, let high = ends[1].scalarText else {
            range.expected("a range of two quantities such as [0 %, 100 %]")
            return nil
        }
        let kinds = Dimension.allCases.filter {
            ExactQuantity.parse(low, as: $0) != nil && ExactQuantity.parse(high, as: $0) != nil
        }
        guard let kind = kinds.first, let lowest = ExactQuantity.parse(low, as: kind),
            let highest = ExactQuantity.parse(high, as: kind), lowest.baseUnits <= highest.baseUnits
        else {
            range.problem("expected a range of two quantities of one kind, the smaller first, found [\(low), \(high)]")
            return nil
        }
        guard let text = value.scalarText, let amount = ExactQuantity.parse(text, as: kind),
            lowest.baseUnits...highest.baseUnits ~= amount.baseUnits
        else {
            value.expected("a value from \(low) to \(high)")
            return low
        }
        return nil
    }

    private static func isNameLetter(_ letter: Character) -> Bool {
        letter.isASCII && (letter.isLetter || letter.isNumber || letter == "-")
    }

    /// The text with every `$name` replaced; `nil` when there is none.
    private func substituted(_ value: YAMLValue) -> String? {
        guard let text = value.scalarText, text.contains("$") else { return nil }
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            let name = rest[rest.index(after: dollar)...].prefix(while: Self.isNameLetter)
            rest = rest[name.endIndex...]
            if let index = parameters.firstIndex(where: { $0.name == name }) {
                parameters[index].isUsed = true
                result += parameters[index].text
            } else {
                let names = parameters.map(\.name)
                value.problem("unknown parameter \"$\(name)\"\(Nearness.hint(for: String(name), among: names))")
                // What was most likely meant stands in, so that one slip is not three mistakes.
                let near = Nearness.nearest(to: String(name), among: names).flatMap { names.firstIndex(of: $0) }
                if let near { parameters[near].isUsed = true }
                result += near.map { parameters[$0].text } ?? "$\(name)"
            }
        }
        return result + rest
    }
}
