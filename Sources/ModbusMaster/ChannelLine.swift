internal import ModbusWire
internal import Synchronization
internal import Units

/// What the exchanges of a channel share: the line itself, who watches it, what is counted.
final class ChannelLine {
    let index: Int
    let endpoint: MasterEndpoint
    let context: ModbusContext
    let counters = ChannelCounters()
    let isStopping = Atomic<Bool>(false)
    private let observer: MasterOptions.FrameObserver?

    /// How often a thread that waits for an answer looks whether it is to stop. Arbitrary.
    static let attention = Interval.milliseconds(100)

    init(index: Int, endpoint: MasterEndpoint, context: ModbusContext, observer: MasterOptions.FrameObserver?) {
        self.index = index
        self.endpoint = endpoint
        self.context = context
        self.observer = observer
    }

    var mustStop: Bool { isStopping.load(ordering: .acquiring) }

    func observe(_ frame: borrowing FrameBuffer, _ direction: FrameDirection, at instant: Instant) {
        guard let observer, frame.count > 0 else { return }
        frame.withUnsafeBytes { observer($0, direction, index, instant) }
    }

    /// Octets of the last read, from `offset` on.
    func observeReceived(from offset: Int = 0, at instant: Instant) {
        let received = context.received
        guard let observer, offset < received.count else { return }
        observer(
            UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(received)[offset...]), .responses, index, instant)
    }

    /// Until something is there, or `deadline`, or it is time to see whether to stop.
    func waitForInput(until deadline: Instant) {
        context.waitForInput(until: min(deadline, MonotonicClock.now + Self.attention))
    }
}
