internal import Yams

/// Changes to a tree before it is read: parameters put in place of their names, settings from a command line. The places
/// of what came from the file are kept, so that mistakes are still reported where they stand.
extension YAMLValue {
    /// Where a scalar came from that does not stand in the file; `nil` for all others.
    var origin: String? {
        guard let tag = node.scalar?.tag.description, tag.hasPrefix(Self.originMark) else { return nil }
        return String(tag.dropFirst(Self.originMark.count))
    }

    /// The file that states this value, by which relative paths in it are meant: another one where a rack that is like this
    /// one has set it, and this one where a command line has.
    public var file: String {
        guard let origin else { return log.file }
        let parts = origin.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count > 2, parts.suffix(2).allSatisfy({ Int($0) != nil }), !origin.hasPrefix("--") else {
            return log.file
        }
        return parts.dropLast(2).joined(separator: ":")
    }

    /// The node's tag carries it: no tag of a file can hold a space, so this prefix is nobody's.
    private static let originMark = "origin "

    private static func scalar(_ text: String, origin: String) -> Node {
        .scalar(Node.Scalar(text, Tag(Tag.Name(rawValue: originMark + origin))))
    }

    /// A copy in which every scalar but the keys is replaced by what `replacement` makes of it; `nil` keeps it.
    public func replacingScalars(_ replacement: (YAMLValue) -> String?) -> YAMLValue {
        YAMLValue(node: Self.replaced(node, log, replacement), log: log)
    }

    private static func replaced(_ node: Node, _ log: ProblemLog, _ replacement: (YAMLValue) -> String?) -> Node {
        switch node {
        case .scalar(let scalar):
            guard let text = replacement(YAMLValue(node: node, log: log)) else { return node }
            return .scalar(Node.Scalar(text, scalar.tag, scalar.style, scalar.mark))
        case .mapping(let mapping):
            let pairs = mapping.map { ($0.key, replaced($0.value, log, replacement)) }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .sequence(let sequence):
            let items = sequence.map { replaced($0, log, replacement) }
            return .sequence(Node.Sequence(items, sequence.tag, sequence.style, sequence.mark))
        default: return node
        }
    }

    /// A copy in which the scalar at `path` is `text`. Keys are created where they are absent, list items are counted
    /// from 1. `nil` when the path leads through a scalar, beyond a list, or ends at something that is no scalar.
    public func setting(_ path: [String], to text: String, origin: String) -> YAMLValue? {
        Self.set(node, path[...], text, origin).map { YAMLValue(node: $0, log: log) }
    }

    private static func set(_ node: Node?, _ path: ArraySlice<String>, _ text: String, _ origin: String) -> Node? {
        guard let key = path.first else {
            if let node, node.scalar == nil { return nil }
            return scalar(text, origin: origin)
        }
        switch node {
        case nil:
            return set(nil, path.dropFirst(), text, origin).map {
                .mapping(Node.Mapping([(scalar(key, origin: origin), $0)]))
            }
        case .mapping(let mapping):
            var pairs = mapping.map { ($0.key, $0.value) }
            let index = pairs.firstIndex { $0.0.scalar?.string == key }
            guard let value = set(index.map { pairs[$0].1 }, path.dropFirst(), text, origin) else { return nil }
            if let index { pairs[index].1 = value } else { pairs.append((scalar(key, origin: origin), value)) }
            return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
        case .sequence(let sequence):
            var items = Array(sequence)
            guard let number = Int(key), items.indices.contains(number - 1),
                let value = set(items[number - 1], path.dropFirst(), text, origin)
            else { return nil }
            items[number - 1] = value
            return .sequence(Node.Sequence(items, sequence.tag, sequence.style, sequence.mark))
        default: return nil
        }
    }
}
