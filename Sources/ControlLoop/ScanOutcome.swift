public import RackControl
public import RealTime
public import Units

/// How a control loop went, once it has ended.
public struct ScanOutcome: Sendable {
    public var startedAt: Instant
    public var endedAt: Instant
    public var cycles: Int
    public var lateCycles: Int
    public var skippedReleases: Int
    /// From the release to the thread's first look at the clock.
    public var wakeUp: LatencySummary
    /// From there until every channel that answers was read, or the gathering was over.
    public var scan: LatencySummary
    /// From the release until the decision was made and its writes handed out.
    public var cycle: LatencySummary
    public var counters: ControllerCounters
    /// What the system refused of the real-time request, by the control thread.
    public var refusals: [RealTimeRefusal]
    /// By the indices of the inventory, after the time that the devices had.
    public var safeStates: [SafeStateProgress]
}
