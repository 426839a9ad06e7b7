internal import Units

/// The days that chance deals to every source in every future, whether it is used or not: a way of filling the order
/// that uses one source more meets the same futures as the others.
struct LeadTimeDraws: Sendable {
    private let firstSource: [Int]
    private let samples: Int
    /// By source and then by future.
    private var leadTimes: [Int] = []
    private var qualifications: [Int] = []

    init(_ bill: BillOfParts, seed: UInt64, samples: Int) {
        var count = 0
        firstSource = bill.parts.map { part in
            defer { count += part.sources.count }
            return count
        }
        self.samples = samples
        leadTimes.reserveCapacity(count * samples)
        qualifications.reserveCapacity(count * samples)
        for part in bill.parts {
            for source in part.sources { draw(source, stream: Self.streamName(part, source), seed: seed) }
        }
    }

    /// Names, not places in the bill: a part that is added does not disturb the others.
    private static func streamName(_ part: BillPart, _ source: PartSource) -> UInt64 {
        "lead-time/\(part.name)/\(source.supplier)/\(source.item)".utf8
            .reduce(SeededStream.emptyNameHash) { SeededStream.nameHash($0, adding: $1) }
    }

    private mutating func draw(_ source: PartSource, stream: UInt64, seed: UInt64) {
        for sample in 0..<samples {
            var stream = SeededStream(seed: seed, nameHash: stream, index: UInt64(sample))
            leadTimes.append(source.leadTime.days(atShare: Self.share(&stream)))
            let qualification =
                if case .open(let takes) = source.qualification { takes.days(atShare: Self.share(&stream)) } else { 0 }
            qualifications.append(qualification)
        }
    }

    /// Evenly spread over 0..<1 in steps of 2^-53, all that a `Double` holds there.
    private static func share(_ stream: inout SeededStream) -> Double {
        Double(stream.next() >> 11) / 9_007_199_254_740_992
    }

    func leadTime(part: Int, source: Int, sample: Int) -> Int {
        leadTimes[(firstSource[part] + source) * samples + sample]
    }

    func qualification(part: Int, source: Int, sample: Int) -> Int {
        qualifications[(firstSource[part] + source) * samples + sample]
    }
}
