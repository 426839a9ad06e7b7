internal import Capture
internal import ControlLoop
internal import Foundation
internal import ModbusMaster
internal import RackControl
internal import RealTime
internal import RunRecords
internal import Units

/// Stands at every channel: counts octets and how long lines are taken, and writes the frames into a capture where one is wanted.
///
/// Unchecked: the writer and the counts are touched under the lock alone, so that what comes from several channels at
/// once goes into the file one after the other.
final class FrameTap: @unchecked Sendable {
    private let lock = NSLock()
    private let writer: PcapngWriter?
    private var octets: [Int]
    /// By channel; `nil` for a connection.
    private var uses: [LineUse?]
    private let busOfChannel: [Int]
    private let isTCP: [Bool]
    /// A frame is recorded so long at most after its instant: a channel's thread may have to wait. Arbitrary.
    private static let grace = Interval.milliseconds(250)
    /// From the monotonic clock to the time of day, when the control began.
    private let offset: Interval

    /// `path` is the capture's, `nil` for none.
    init(_ plan: ControlPlan, path: String?) throws(CaptureFailure) {
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        offset = .nanoseconds(now) - (MonotonicClock.now - .start)
        busOfChannel = plan.channels.map(\.bus)
        isTCP = plan.channels.map { if case .tcp = $0.endpoint { true } else { false } }
        let buses = plan.inventory.buses.indices.map { bus in
            let channel = plan.channels.first { $0.bus == bus }
            let isTCP = if case .tcp = channel?.endpoint { true } else { false }
            return CapturedBus(
                name: plan.inventory.buses[bus].name, framing: isTCP ? .tcp : .rtu,
                details: channel.map { "\($0.endpoint)" } ?? "no devices")
        }
        octets = Array(repeating: 0, count: buses.count)
        uses = plan.channels.indices.map { LineUse(plan, channel: $0) }
        guard let path else {
            writer = nil
            return
        }
        writer = try PcapngWriter(
            path: path, buses: buses, application: "Busbar \(BusbarVersion.text)",
            comment: "\(plan.rackName), controlled")
    }

    func record(_ frame: UnsafeRawBufferPointer, isRequest: Bool, channel: Int, at instant: Instant) {
        // The unit stands behind the header of Modbus TCP, and first on a serial line.
        let place = isTCP[channel] ? 6 : 0
        let unit = frame.count > place ? frame[place] : 0
        let bus = busOfChannel[channel]
        lock.withLock {
            octets[bus] += frame.count
            uses[channel]?.take(octets: frame.count, unit: unit, isRequest: isRequest, at: instant)
            writer?.record(
                frame: frame, at: (instant + offset).nanoseconds, bus: bus, unit: unit,
                direction: isRequest ? .request : .response)
        }
    }

    func octets(ofBus bus: Int) -> Int { lock.withLock { octets[bus] } }

    /// How long a bus's line was taken since the start; nothing of connections, which have no line that fills up.
    func occupation(ofBus bus: Int) -> Interval {
        lock.withLock {
            uses.indices.reduce(.zero) { $0 + (busOfChannel[$1] == bus ? uses[$1]?.total ?? .zero : .zero) }
        }
    }

    /// Brings into the file what has crossed the channels, but for the last moment.
    func flush() {
        lock.withLock { writer?.flush(before: (MonotonicClock.now + offset - Self.grace).nanoseconds) }
    }

    /// Writes what is left; what went wrong, if anything did.
    func finish() -> String? {
        lock.withLock {
            do throws(CaptureFailure) {
                try writer?.finish()
                return nil
            } catch {
                return "\(error)"
            }
        }
    }
}
