internal import ControlLoop
internal import RealTime
internal import RunRecords
internal import Units

extension RealTimeRecord {
    init(_ outcome: ScanOutcome, period: Interval, granted: [String], refused: [String]) {
        self.init(
            period: Double(period.rawValue) / 1e6, cycles: outcome.cycles, lateCycles: outcome.lateCycles,
            skippedReleases: outcome.skippedReleases, wakeUp: LatencyRecord(outcome.wakeUp),
            scan: LatencyRecord(outcome.scan), cycle: LatencyRecord(outcome.cycle), granted: granted, refused: refused)
    }
}

extension LatencyRecord {
    fileprivate init(_ summary: LatencySummary) {
        func microseconds(_ interval: Interval) -> Double { Double(interval.rawValue) / 1000 }
        self.init(
            count: summary.count, p50: microseconds(summary.median), p99: microseconds(summary.p99),
            p999: microseconds(summary.p999), max: microseconds(summary.greatest))
    }
}
