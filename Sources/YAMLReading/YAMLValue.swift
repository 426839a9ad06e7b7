internal import Yams

/// One value of a YAML file with its place. Every reading method logs `expected …, found …` when the value is
/// something else, and returns `nil`.
public struct YAMLValue {
    let node: Node
    public let log: ProblemLog

    public var line: Int { node.mark?.line ?? 0 }
    public var column: Int { node.mark?.column ?? 0 }

    /// Logs a mistake at this value.
    public func problem(_ text: String) {
        if let origin {
            log.add(origin: origin, text)
        } else {
            log.add(line: line, column: column, text)
        }
    }

    public func expected(_ what: String) {
        problem("expected \(what), found \(found)")
    }

    /// What stands here, for messages.
    public var found: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\""
        case .mapping: "a mapping"
        case .sequence: "a list"
        default: "an alias"
        }
    }

    /// The scalar's text as written, without a complaint when it is none.
    public var scalarText: String? { node.scalar?.string }
    public var isMapping: Bool { node.mapping != nil }
    public var isSequence: Bool { node.sequence != nil }

    public func string(_ what: String = "a text") -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            expected(what)
            return nil
        }
        return text
    }

    /// `true` or `false`.
    public func bool() -> Bool? {
        switch node.scalar?.string {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            expected("true or false")
            return nil
        }
    }

    /// A whole number, decimal or 0x hexadecimal, inside `range`.
    public func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
        guard let text = node.scalar?.string, let number = Self.wholeNumber(text), range.contains(number) else {
            let bounds =
                range == Int.min...Int.max
                ? "a whole number" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
            expected(bounds)
            return nil
        }
        return number
    }

    static func wholeNumber(_ text: String) -> Int? {
        let digits = text.filter { $0 != "_" }
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") { return Int(digits.dropFirst(2), radix: 16) }
        return Int(digits)
    }

    /// A number without a unit.
    public func number(in range: ClosedRange<Double> = -1e18...1e18) -> Double? {
        guard let text = node.scalar?.string, let number = Double(text), number.isFinite, range.contains(number) else {
            expected(range == -1e18...1e18 ? "a number" : "a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A number with one of the dimension's units, exact.
    public func quantity(_ dimension: Dimension) -> ExactQuantity? {
        guard let text = node.scalar?.string, let exact = ExactQuantity.parse(text, as: dimension) else {
            let units = dimension.units.map(\.name).filter { !$0.isEmpty }.joined(separator: ", ")
            expected(
                "a \(dimension.title) such as \"\(dimension.example)\"\(units.isEmpty ? "" : " (units: \(units))")")
            return nil
        }
        return exact
    }

    /// One of the cases of an enumeration whose raw values are the words of the file.
    public func choice<Choice: RawRepresentable & CaseIterable>(of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        choice(among: Choice.allCases.map(\.rawValue)).flatMap { Choice(rawValue: $0) }
    }

    /// One of some words that no enumeration lists.
    public func choice(among words: [String]) -> String? {
        if let text = node.scalar?.string, words.contains(text) { return text }
        expected("one of \(words.map { "\"\($0)\"" }.joined(separator: ", "))")
        return nil
    }

    public func list(_ what: String = "a list") -> [YAMLValue]? {
        guard let sequence = node.sequence else {
            expected(what)
            return nil
        }
        return sequence.map { YAMLValue(node: $0, log: log) }
    }

    /// The value as a mapping whose unknown keys will be reported by `finish`.
    public func mapping(_ what: String = "a mapping") -> YAMLMapping? {
        guard let mapping = node.mapping else {
            expected(what)
            return nil
        }
        let entries = mapping.map { key, value in
            YAMLMapping.Entry(key: YAMLValue(node: key, log: log), value: YAMLValue(node: value, log: log))
        }
        return YAMLMapping(entries: entries, place: self)
    }
}
