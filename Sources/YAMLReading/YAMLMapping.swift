/// A mapping that is read key by key. What was never asked for is unknown, and `finish` says so.
public final class YAMLMapping {
    public struct Entry {
        public var key: YAMLValue
        public var value: YAMLValue
    }

    /// In the order of the file.
    public let entries: [Entry]
    public let place: YAMLValue
    private var known: [String] = []

    init(entries: [Entry], place: YAMLValue) {
        self.entries = entries
        self.place = place
    }

    /// The value of a key that may be left out.
    public func optional(_ key: String) -> YAMLValue? {
        if !known.contains(key) { known.append(key) }
        return entries.first { $0.key.scalarText == key }?.value
    }

    /// The value of a key that must stand; its absence is a mistake.
    public func required(_ key: String) -> YAMLValue? {
        if let value = optional(key) { return value }
        place.problem("expected the key \"\(key)\" in this mapping, found none")
        return nil
    }

    /// Reports every key that nobody asked for, with the nearest known one. Call it last.
    public func finish() {
        for entry in entries {
            guard let key = entry.key.scalarText else {
                entry.key.expected("a key")
                continue
            }
            if known.contains(key) { continue }
            let near = known.min { Self.distance($0, key) < Self.distance($1, key) }
            let hint = near.map { Self.distance($0, key) <= 3 ? "; did you mean \"\($0)\"?" : "" } ?? ""
            let all = known.map { "\"\($0)\"" }.joined(separator: ", ")
            entry.key.problem("unknown key \"\(key)\"\(hint.isEmpty ? "; known here: \(all)" : hint)")
        }
    }

    /// Edits between two words (Levenshtein).
    static func distance(_ first: String, _ second: String) -> Int {
        let (one, two) = (Array(first), Array(second))
        var row = Array(0...two.count)
        for (i, letter) in one.enumerated() {
            var previous = row[0]
            row[0] = i + 1
            for (j, other) in two.enumerated() {
                let replaced = previous + (letter == other ? 0 : 1)
                previous = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[two.count]
    }
}

extension Sequence<String> {
    /// The word that a mistyped one most likely means: at most three edits away, and fewer than it has letters.
    public func nearest(to word: String) -> String? {
        let best = self.map { (word: $0, edits: YAMLMapping.distance($0, word)) }.min { $0.edits < $1.edits }
        guard let best, best.edits <= 3, best.edits < word.count else { return nil }
        return best.word
    }
}
