/// Remedies for mistyped words.
public enum Nearness {
    /// The known word that a mistyped one most likely means: at most three edits and less than half of it away.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let ranked = known.map { ($0, YAMLMapping.distance($0, word)) }.min { $0.1 < $1.1 }
        guard let (best, distance) = ranked, distance <= 3, distance * 2 <= max(word.count, 2) else { return nil }
        return best
    }

    /// `; did you mean "psu-3"?`, or else a list of what is known (of the same part of the rack, where the
    /// word is a path into it), or nothing when nothing is.
    public static func hint(for word: String, among known: [String]) -> String {
        if let near = nearest(to: word, among: known) { return "; did you mean \"\(near)\"?" }
        guard !known.isEmpty else { return "" }
        let part = word.prefix { $0 != "." && $0 != "/" }
        let siblings = known.filter { $0.hasPrefix(part + ".") || $0.hasPrefix(part + "/") }
        let known = siblings.isEmpty ? known : siblings
        let shown = known.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
        return "; known: \(shown)\(known.count > 12 ? " and \(known.count - 12) more" : "")"
    }
}
