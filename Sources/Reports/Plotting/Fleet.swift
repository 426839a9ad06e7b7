/// Many like signals as a few lines that stay legible: the span from the lowest to the highest, the median, and the one
/// or two that leave the crowd, by name.
///
/// Span and median are those of the members that are there at the time: halfway between a supply that carries load and one
/// that is lost there is no supply.
struct Fleet: Sendable {
    var envelope: Trace
    var median: Trace
    var outliers: [Trace]
    /// How many members are there, from the fewest to the most, once the rack has started; nil where none ever is.
    private(set) var present: ClosedRange<Int>?

    /// Before this, devices boot and are found, and none of them is missed. Seconds.
    private static let startUp = 5.0

    /// A member counts as leaving the crowd when it is this share of the span of all values away from the median.
    /// Arbitrary: a tenth of a plot's height is seen at a glance.
    private static let notableShare = 0.1

    /// - Parameters:
    ///   - presence: a trace for each member, above zero while it is there; nil where it always is.
    ///   - namesHighest: whether the member with the highest peak is named even where it stays with the crowd.
    init?(_ members: [Trace], presence: [Trace?] = [], namesHighest: Bool) {
        guard let longest = members.max(by: { $0.at.count < $1.at.count }), !longest.at.isEmpty else { return nil }
        let all = members.map { $0.placed(on: longest.at) }
        let placed = all.enumerated().map { index, member in
            index < presence.count
                ? presence[index].map { member.shown(where: $0.placed(on: longest.at)) } ?? member : member
        }
        let empty = Trace(path: "", unit: longest.unit, at: longest.at, least: [], mean: [], greatest: [])
        envelope = empty
        median = empty
        for index in longest.at.indices {
            let low = placed.map { $0.least[index] }.filter(\.isFinite).min() ?? .nan
            let high = placed.map { $0.greatest[index] }.filter(\.isFinite).max() ?? .nan
            let means = placed.map { $0.mean[index] }.filter(\.isFinite)
            let middle = Self.middle(of: means)
            envelope.least.append(low)
            envelope.mean.append(middle)
            envelope.greatest.append(high)
            median.least.append(middle)
            median.mean.append(middle)
            median.greatest.append(middle)
            guard longest.at[index] >= Self.startUp || longest.at.last ?? 0 < Self.startUp else { continue }
            present = min(present?.lowerBound ?? means.count, means.count)...max(present?.upperBound ?? 0, means.count)
        }
        outliers = Self.outliers(of: all, median: median, envelope: envelope, namesHighest: namesHighest)
    }

    /// `median of 6 supplies`; where some were not there, `median of the supplies that are on, 3 to 6 of 6`.
    func medianName(of count: Int, _ kind: String) -> String {
        guard let present, present.lowerBound < count else { return "median of \(count) \(kind)" }
        let numbers =
            present.lowerBound == present.upperBound
            ? "\(present.lowerBound)" : "\(present.lowerBound) to \(present.upperBound)"
        return "median of the \(kind) that are on, \(numbers) of \(count)"
    }

    private static func outliers(of members: [Trace], median: Trace, envelope: Trace, namesHighest: Bool) -> [Trace] {
        guard members.count > 1, let high = envelope.peak?.value, let low = envelope.trough?.value else { return [] }
        let span = max(high - low, 1e-9)
        var ranked: [(index: Int, distance: Double)] = []
        for (index, member) in members.enumerated() {
            var distance = 0.0
            for bucket in member.mean.indices where member.mean[bucket].isFinite && median.mean[bucket].isFinite {
                distance = max(distance, (member.mean[bucket] - median.mean[bucket]).magnitude)
            }
            ranked.append((index, distance))
        }
        ranked.sort { ($0.distance, $1.index) > ($1.distance, $0.index) }
        var chosen = ranked.filter { $0.distance > notableShare * span }.prefix(2).map(\.index)
        if namesHighest, let highest = members.indices.max(by: { peak(members[$0]) < peak(members[$1]) }),
            !chosen.contains(highest)
        {
            chosen = [highest] + chosen.prefix(1)
        }
        return chosen.map { members[$0] }
    }

    private static func peak(_ trace: Trace) -> Double { trace.peak?.value ?? -.infinity }

    private static func middle(of values: [Double]) -> Double {
        guard !values.isEmpty else { return .nan }
        let sorted = values.sorted()
        let half = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[half]
    }
}
