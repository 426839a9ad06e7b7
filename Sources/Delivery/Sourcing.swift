/// Who is bought from: one way of filling the order, to be set beside others.
public enum Sourcing: Hashable, Sendable {
    /// Nobody but the first source of each part.
    case firstSources
    /// And the second sources that are qualified: the order as it stands.
    case qualifiedSources
    /// And one more, whose qualification begins on the day of the order. Indices in the bill.
    case qualifying(part: Int, source: Int)
    /// And every one, whose qualifications begin on the day of the order.
    case qualifyingAll

    /// The ways that a bill leaves open, the one as it stands among them.
    static func ways(of bill: BillOfParts) -> [Sourcing] {
        let seconds = bill.parts.indices.flatMap { part in
            bill.parts[part].secondSources.map { (part: part, source: $0) }
        }
        let open = seconds.filter { !bill.parts[$0.part].sources[$0.source].isQualified }
        var ways: [Sourcing] = [.firstSources]
        if seconds.count > open.count { ways.append(.qualifiedSources) }
        ways += open.map { .qualifying(part: $0.part, source: $0.source) }
        if open.count > 1 { ways.append(.qualifyingAll) }
        return ways
    }

    /// By part, the indices of the sources that may be used.
    func allowed(in bill: BillOfParts) -> [[Int]] {
        bill.parts.enumerated().map { index, part in
            part.sources.indices.filter { source in
                if !part.secondSources.contains(source) { return true }
                switch self {
                case .firstSources: return false
                case .qualifiedSources: return part.sources[source].isQualified
                case .qualifying(let wantedPart, let wantedSource):
                    return part.sources[source].isQualified || (wantedPart == index && wantedSource == source)
                case .qualifyingAll: return true
                }
            }
        }
    }
}
