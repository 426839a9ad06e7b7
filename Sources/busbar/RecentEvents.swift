internal import RunRecords
internal import TerminalView
internal import Units

/// Keeps the last events of a run for people who watch it. What the controller does all the time, such as a cap that
/// is moved, is left to the event log.
final class RecentEvents: RunRecorder {
    /// More than any terminal has lines for them. Arbitrary.
    private static let limit = 100
    private(set) var events: [LiveEvent] = []

    func begin(signals: [SignalDescription]) {}
    func record(at seconds: Double, values: UnsafeBufferPointer<Double>) {}
    func record(
        frame: UnsafeRawBufferPointer, at nanoseconds: Int64, bus: Int, unit: UInt8, direction: FrameDirection
    ) {}

    func record(_ event: EventMark) {
        guard event.isMajor || event.source != .controller else { return }
        let text = event.source == .scenario ? event.text : "\(event.subject) \(event.text)"
        note(LiveEvent(at: Interval(rawValue: Int64(event.at * 1e9)), text: text, isMajor: event.isMajor))
    }

    func note(_ event: LiveEvent) {
        if events.count >= Self.limit { events.removeFirst(events.count - Self.limit + 1) }
        events.append(event)
    }
}
