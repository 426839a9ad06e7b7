public import Units

/// When a device started, from when it answers, and when it samples.
///
/// A device that restarts is silent for its boot time and takes its first sample at the end of it.
@frozen
public struct DeviceLifetime: Sendable {
    @usableFromInline var schedule: SampleSchedule
    /// The last sample; the start before the first one. Signals stand for this instant.
    public private(set) var lastStep: Instant
    public private(set) var startedAt: Instant
    /// From when the device answers and samples.
    public private(set) var readyAt: Instant
    public private(set) var restartCount: Int64 = 0

    /// A device that has booted before `now` and takes its first sample then.
    public init(samplePeriod: Interval, runningSince now: Instant) {
        schedule = SampleSchedule(period: samplePeriod, first: now)
        lastStep = now
        startedAt = now
        readyAt = now
    }

    public mutating func restart(at now: Instant, bootTime: Interval) {
        startedAt = now
        readyAt = now + bootTime
        lastStep = now
        restartCount += 1
        schedule = SampleSchedule(period: schedule.period, first: readyAt)
    }

    /// Takes note of a sample; returns the sample periods for which it stands: 1 unless samples were missed.
    @inline(__always)
    mutating func sampled(at now: Instant) -> Int64 {
        lastStep = now
        return schedule.advance(past: now)
    }

    /// When the next sample is due.
    @inlinable public var nextSample: Instant { schedule.due }
    /// Samples that came one period late or more, since the last restart.
    public var overrunCount: Int64 { schedule.overrunCount }
    /// From the last start to the last sample.
    public var uptime: Interval { lastStep - startedAt }
}
