public import RealTime
public import Units

/// How the scan cycle is run.
public struct ScanOptions: Sendable {
    public var realTime = RealTimeRequest()
    /// Share of the period after which a cycle decides on what has been read, whoever has not answered yet. Arbitrary:
    /// the other half is for the writes.
    public var gatherShare = PerMille.percent(50)
    /// How long the devices have for acknowledging the safe state. Arbitrary: 33 transactions of 60 ms on one line.
    public var safeStateTime = Interval.seconds(2)
    /// End of the thread's other waits before a release, so that it sleeps on the clock alone and wakes on time.
    /// Arbitrary: some wake-ups of an idle machine.
    public var sleepMargin = Interval.microseconds(500)
    /// The longest wait without a look at whether it is time to stop. Arbitrary.
    public var longestWait = Interval.milliseconds(100)

    public init() {}
}
