internal import Yams

/// A text in which keys that stand twice in one mapping were set aside, so that one slip does not hide the others.
///
/// YAML forbids them, and the parser stops at the first. The first of two is renamed in place, to a name of the same
/// length that nobody writes: every other place of the text stays where it was. The last of them is the one that is read.
struct RepeatedKeys {
    private(set) var text: String
    private var aliases: Set<String> = []

    init(_ text: String) { self.text = text }

    /// Arbitrary, and within the private characters of Unicode: a file with more is told of these first.
    private static let most = 64
    private static let firstPrivateCharacter: UInt32 = 0xE000

    /// Renames the key that begins at a mark of the parser; false where the text there is another, such as an alias.
    mutating func setAside(_ key: String, at mark: Mark) -> Bool {
        guard aliases.count < Self.most, !key.isEmpty, mark.line > 0, mark.column > 0,
            let letter = Unicode.Scalar(Self.firstPrivateCharacter + UInt32(aliases.count))
        else { return false }
        var scalars = text.unicodeScalars
        var place = scalars.startIndex
        for _ in 1..<mark.line {
            guard let end = scalars[place...].firstIndex(of: "\n") else { return false }
            place = scalars.index(after: end)
        }
        guard let start = scalars.index(place, offsetBy: mark.column - 1, limitedBy: scalars.endIndex),
            start < scalars.endIndex
        else { return false }
        let isQuoted = scalars[start] == "\"" || scalars[start] == "'"
        let first = isQuoted ? scalars.index(after: start) : start
        let letters = key.unicodeScalars
        guard scalars[first...].starts(with: letters) else { return false }
        let alias = repeatElement(letter, count: letters.count)
        scalars.replaceSubrange(first..<scalars.index(first, offsetBy: letters.count), with: alias)
        text = String(scalars)
        var name = String.UnicodeScalarView()
        name.append(contentsOf: alias)
        aliases.insert(String(name))
        return true
    }

    /// The tree without what was set aside.
    func removed(from node: Node) -> Node {
        guard !aliases.isEmpty else { return node }
        switch node {
        case .mapping(let mapping):
            let pairs = mapping.filter { !aliases.contains($0.key.scalar?.string ?? "") }
                .map { ($0.key, removed(from: $0.value)) }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .sequence(let sequence):
            return .sequence(
                Node.Sequence(sequence.map { removed(from: $0) }, sequence.tag, sequence.style, sequence.mark))
        default: return node
        }
    }
}
