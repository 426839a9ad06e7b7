internal import RunRecords
internal import Units

/// Never two masters act: by the octets of their requests alone, and the seats from which they came.
///
/// A lease that runs out leaves a silence on every line before its next holder speaks: the margin for clocks that do not
/// agree. Two masters that act at once leave none.
struct MasterCheck {
    private let silence: Interval
    private var last: (seat: Int, at: Instant)?
    private(set) var handovers = 0
    private var shortest: Interval?
    private var violation: String?

    /// `lease`: how long a lease runs. Its margin is a tenth; a request that was begun in time may end a little later.
    init(lease: Interval) { silence = lease / 20 }

    /// A seat's request took a line from `begin` to `end`.
    mutating func requested(by seat: Int, from begin: Instant, to end: Instant) {
        defer { last = (seat, max(last?.at ?? .start, end)) }
        guard let last, last.seat != seat else { return }
        handovers += 1
        let gap = begin - last.at
        shortest = min(shortest ?? gap, gap)
        guard gap < silence, violation == nil else { return }
        violation = "two controllers spoke within \(gap.milliseconds) ms, at \(Double(begin.milliseconds) / 1000) s"
    }

    var outcome: CheckOutcome {
        let gap = shortest.map { "; shortest silence between two \($0.milliseconds) ms" } ?? ""
        return CheckOutcome(
            name: "never two masters act", held: violation == nil,
            explanation: violation ?? "\(handovers) handovers\(gap)")
    }
}
