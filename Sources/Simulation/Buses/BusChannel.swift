internal import ModbusWire
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// One line on which one transaction at a time can be under way: a whole RTU bus, or one TCP connection.
///
/// A late answer can never be taken for the next one. On a serial line the client hears out an answer that has begun,
/// and a device forgets one that it has not begun when the next request comes; on a connection the transaction
/// identifier tells.
final class BusChannel {
    enum Line {
        case serial(SerialLineTiming)
        case connection(latency: Interval, jitter: Interval)
    }

    /// What the controller will see when the transaction ends.
    enum Ending {
        case answer
        /// Octets came, but with silences that end a frame.
        case brokenFrame
        case silence
    }

    let bus: Int
    /// The device at the far end of a connection; `nil` for a shared line.
    let device: Int?
    let line: Line

    var transaction: BusTransaction?
    /// Which controller's it is (`RackSimulation.controllerGeneration`), and from which seat it came.
    var generation: Int32 = 0
    var seat = 0
    var request = FrameBuffer()
    var reply = FrameBuffer()
    var ending = Ending.silence
    /// Whether a fault of the scenario had a hand in it.
    var isDisturbed = false
    /// Whether the connection is closed or out of step, so that the next request needs another.
    var isSpoilt = false
    /// First and last octet of the request on the line.
    var begunAt = Instant.start
    var sentAt = Instant.start
    /// Last octet of the answer, even of one that came too late.
    var lineBusyUntil = Instant.start
    /// When the channel will be asked again though nothing ended on it.
    var wakesAt = Instant.start
    /// When the line has been silent long enough for the next request.
    var freeAt = Instant.start
    /// When the transaction will be over, as far as that is known yet.
    var endsAt = Instant.start
    /// Who else uses the line.
    var outside = OutsideUse()
    /// Transaction identifier of the last request on a connection.
    var transactionIdentifier: UInt16 = 0
    var jitterStream: SeededStream

    init(bus: Int, device: Int?, line: Line, jitterStream: SeededStream) {
        self.bus = bus
        self.device = device
        self.line = line
        self.jitterStream = jitterStream
    }

    var isSerial: Bool { if case .serial = line { true } else { false } }

    /// From a frame's first octet to its last at the other end.
    func transmission(ofOctets count: Int) -> Interval {
        switch line {
        case .serial(let timing): timing.character * Int64(count)
        case .connection(let latency, let jitter):
            jitter > .zero
                ? latency + Interval(rawValue: Int64(jitterStream.next(below: UInt64(jitter.rawValue)))) : latency
        }
    }

    /// From a frame's last octet to its receiver's knowing that it was the last: t3.5 on a line, nothing on a stream.
    var recognition: Interval { gap }

    /// When the client gives up: counted from the end of its request on a line, and from its sending on a stream.
    func deadline(after timeout: Interval) -> Instant { (isSerial ? sentAt : begunAt) + timeout }

    /// From the opening of a connection to its first octet: SYN and SYN-ACK. A serial line needs none.
    func connecting() -> Interval { isSerial ? .zero : transmission(ofOctets: 0) + transmission(ofOctets: 0) }

    /// The silence before the next request.
    var gap: Interval {
        if case .serial(let timing) = line { timing.betweenFrames } else { .zero }
    }
}

/// What a bus has carried so far.
struct BusCounters {
    var transactions = 0
    var exceptions = 0
    var timeouts = 0
    var badFrames = 0
    var octets = 0
    /// Time during which the line carried octets or waited for an answer.
    var busy = Interval.zero
}

extension BusChannel {
    /// One channel for each RTU bus, one for each device on a TCP bus, in the order of the rack; none for devices that
    /// stand alone, which the controller does not know.
    static func channels(of rack: RackDefinition, seed: UInt64) -> [BusChannel] {
        var channels: [BusChannel] = []
        let known = rack.devices.prefix { $0.attachment != .standalone }
        for (index, bus) in rack.buses.enumerated() {
            func stream() -> SeededStream {
                SeededStream(seed: seed, name: "bus jitter", index: UInt64(channels.count))
            }
            switch bus.medium {
            case .rtu(let baud, _):
                let line = Line.serial(SerialLineTiming(baud: Int64(baud)))
                channels.append(BusChannel(bus: index, device: nil, line: line, jitterStream: stream()))
            case .tcp(let latency, let jitter):
                for device in known.indices
                where known[device].bus == index && known[device].attachment != .controller {
                    let line = Line.connection(latency: latency, jitter: jitter)
                    channels.append(BusChannel(bus: index, device: device, line: line, jitterStream: stream()))
                }
            }
        }
        return channels
    }
}
