/// How a controller of real buses kept its time.
public struct RealTimeRecord: Codable, Sendable {
    /// Milliseconds from one release to the next.
    public var period: Double
    /// Releases that were worked on.
    public var cycles: Int
    /// Cycles that ended after the next release.
    public var lateCycles: Int
    /// Releases that passed meanwhile.
    public var skippedReleases: Int
    /// From the release to the thread's first instruction; from there until every bus that answers has been read; and
    /// until the decision is made and its writes are handed out.
    public var wakeUp: LatencyRecord
    public var scan: LatencyRecord
    public var cycle: LatencyRecord
    /// What the system granted: `SCHED_FIFO 80`, `processor 1`; and what it refused, with the reason.
    public var granted: [String]
    public var refused: [String]

    public init(
        period: Double, cycles: Int, lateCycles: Int, skippedReleases: Int, wakeUp: LatencyRecord,
        scan: LatencyRecord, cycle: LatencyRecord, granted: [String], refused: [String]
    ) {
        self.period = period
        self.cycles = cycles
        self.lateCycles = lateCycles
        self.skippedReleases = skippedReleases
        self.wakeUp = wakeUp
        self.scan = scan
        self.cycle = cycle
        self.granted = granted
        self.refused = refused
    }
}

/// A distribution of durations, in microseconds.
public struct LatencyRecord: Codable, Sendable {
    public var count: Int
    public var p50: Double
    public var p99: Double
    public var p999: Double
    public var max: Double

    public init(count: Int, p50: Double, p99: Double, p999: Double, max: Double) {
        self.count = count
        self.p50 = p50
        self.p99 = p99
        self.p999 = p999
        self.max = max
    }
}
