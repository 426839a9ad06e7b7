internal import Yams

/// Writing a tree out again, with the styles that its file had; comments are not kept.
extension YAMLValue {
    /// The mapping's text without some of its keys; `nil` when it is no mapping or cannot be written.
    public func text(leavingOut keys: [String]) -> String? {
        guard let mapping = node.mapping else { return nil }
        let pairs = mapping.filter { !keys.contains($0.key.scalar?.string ?? "") }
            .map { (Self.plain($0.key), Self.plain($0.value)) }
        guard !pairs.isEmpty else { return "" }
        return try? Yams.serialize(node: .mapping(Node.Mapping(pairs, .implicit, .block)), width: 120)
    }

    /// Without the marks of where scalars came from.
    private static func plain(_ node: Node) -> Node {
        switch node {
        case .scalar(let scalar): return .scalar(Node.Scalar(scalar.string, .implicit, scalar.style))
        case .mapping(let mapping):
            return .mapping(Node.Mapping(mapping.map { (plain($0.key), plain($0.value)) }, .implicit, mapping.style))
        case .sequence(let sequence):
            return .sequence(Node.Sequence(sequence.map { plain($0) }, .implicit, sequence.style))
        default: return node
        }
    }
}
