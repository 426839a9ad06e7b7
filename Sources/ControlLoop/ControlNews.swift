public import RackControl
public import RealTime
public import Units

/// What the control thread tells whoever watches: values, put into words elsewhere.
public enum ControlNews: Sendable {
    /// What the system did not grant the control thread.
    case refused(RealTimeRefusal)
    /// The first scan cycle is over.
    case ready
    /// `found` is the answer of the stranger, for `misidentified`.
    case controller(ControllerEvent, found: FoundIdentity)
    /// In a dry run: what would have been written, once for each new value.
    case wouldWrite(device: Int, source: Int, request: BusRequest, at: Instant)
    /// The budget was not refreshed within its lease.
    case budgetLost(at: Instant)
    case budgetBack(Power, at: Instant)
}
