internal import DeviceSpecs
internal import ModbusMaster
public import ModbusWire
internal import RackControl
public import Units

/// How long a serial line was taken by the controller's transactions, from the frames that cross it.
///
/// The definition is that of the simulated lines, `SerialLineTiming.occupation`. A pseudo-terminal carries octets in no
/// time, and what a device does in its turnaround cannot be told from the way of its octets: so a transaction counts as long as its
/// octets and the turnaround of its spec take, or as long as it was seen to take, whichever is longer.
public struct LineUse: Sendable {
    private let timing: SerialLineTiming
    /// By unit.
    private let turnarounds: [Interval]
    /// How long an answer is waited for.
    private let timeout: Interval
    /// The last request, until it is answered.
    private var asked: (octets: Int, unit: UInt8, at: Instant)?
    /// Since the start.
    public private(set) var total = Interval.zero

    public init(timing: SerialLineTiming, turnarounds: [UInt8: Interval], timeout: Interval) {
        self.timing = timing
        self.timeout = timeout
        self.turnarounds = (0...255).map { turnarounds[$0] ?? .zero }
    }

    /// `nil` for a channel that is no serial line.
    public init?(_ plan: ControlPlan, channel: Int) {
        guard case .rtu(_, let baud, _, _, _) = plan.channels[channel].endpoint else { return nil }
        let devices = plan.inventory.devices.filter { $0.bus == plan.channels[channel].bus }
        self.init(
            timing: SerialLineTiming(baud: Int64(max(1, baud))),
            turnarounds: Dictionary(
                devices.map { ($0.unit, $0.specification.serial.turnaround) }, uniquingKeysWith: { first, _ in first }),
            timeout: plan.configuration.timeout)
    }

    /// A frame has crossed the line.
    public mutating func take(octets: Int, unit: UInt8, isRequest: Bool, at instant: Instant) {
        if let asked {
            total += isRequest ? unanswered(asked, until: instant) : transaction(asked, reply: octets, until: instant)
        }
        asked = isRequest ? (octets, unit, instant) : nil
    }

    private func transaction(
        _ asked: (octets: Int, unit: UInt8, at: Instant), reply: Int, until instant: Instant
    ) -> Interval {
        let reckoned = timing.occupation(
            request: asked.octets, pause: turnarounds[Int(asked.unit)], reply: reply)
        return max(reckoned, instant - asked.at + timing.betweenFrames)
    }

    private func unanswered(_ asked: (octets: Int, unit: UInt8, at: Instant), until instant: Instant) -> Interval {
        let waited = min(timeout, instant - asked.at)
        return max(timing.occupation(request: asked.octets, pause: .zero, reply: 0), waited)
    }
}
