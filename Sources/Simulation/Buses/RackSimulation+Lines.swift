public import ModbusWire
internal import Plant
internal import RunRecords
internal import Scenario
public import Units

/// Whether a client outside may begin a transaction on a serial line.
public enum LineTurn: Hashable, Sendable {
    /// The line is the client's until it is released.
    case granted
    /// The line is occupied; asking again before this instant is of no use.
    case busy(until: Instant)
}

/// A serial bus is one line, whoever asks on it: one transaction at a time, those of the built-in controller among them.
///
/// The controller and the outside take turns: while a client of the outside waits, the controller finishes what it has
/// begun and lets that client go first; when the client is done, the controller has its chance.
extension RackSimulation {
    /// Whether all units of the bus hang on one serial line; otherwise each has a connection of its own.
    public func isSerialLine(bus: Int) -> Bool { lineOfBus[bus] >= 0 }

    /// The unit identifiers in use on a bus.
    public func units(ofBus bus: Int) -> UnitSet {
        var units = UnitSet()
        for device in scenario.rack.devices where device.bus == bus { units.insert(device.unit) }
        return units
    }

    /// Asks for the line of a serial bus, in simulated time.
    ///
    /// - Parameters:
    ///   - keepsPace: whether octets take the time of the line, so that t3.5 must lie between two transactions of the
    ///     outside too.
    ///   - instant: now, as the caller's clock has it; `reached` may be a little behind.
    public func takeLine(ofBus bus: Int, keepsPace: Bool, at instant: Instant) -> LineTurn {
        let channel = channels[lineOfBus[bus]]
        precondition(!channel.outside.isTalking, "one client at a time has the line")
        if channel.transaction != nil {
            channel.outside.isAwaited = true
            // The end is noticed when its plant step is carried out.
            return .busy(until: max(channel.endsAt, now) + RackPlant.stepInterval)
        }
        let free = keepsPace ? channel.freeAt : channel.outside.freeAt
        guard instant >= free else {
            channel.outside.isAwaited = true
            return .busy(until: free)
        }
        channel.outside.isAwaited = false
        channel.outside.isTalking = true
        channel.outside.begunAt = instant
        return .granted
    }

    /// The client has heard the last octet of its answer, or expects none.
    public func releaseLine(ofBus bus: Int, at instant: Instant) {
        let index = lineOfBus[bus]
        let channel = channels[index]
        channel.outside.isTalking = false
        checks.outsideTurnEnded(on: channel, at: instant)
        channel.outside.freeAt = instant
        channel.freeAt = max(channel.freeAt, instant + channel.gap)
        if hasController { pump(index, at: withinStep(instant)) }
    }

    /// Nobody outside waits for the line any more.
    public func leaveLine(ofBus bus: Int, at instant: Instant) {
        let index = lineOfBus[bus]
        channels[index].outside.isAwaited = false
        if hasController { pump(index, at: withinStep(instant)) }
    }

    /// Something that the server saw at the rack's border, for the event log: `shelf`, `/dev/ttyUSB0 is gone`.
    public func noteAtBorder(_ subject: String, _ text: String) {
        mark(.server, subject, text, isMajor: true, at: now)
    }

    /// The nearest instant of the present plant step.
    func withinStep(_ instant: Instant) -> Instant {
        min(max(instant, now), Instant(rawValue: now.rawValue + RackPlant.stepInterval.rawValue - 1))
    }

    /// How long a transaction of the outside occupies its bus: on a serial line request, pause and answer at its baud
    /// rate, each with the silence behind it, whatever the pace of the place where the client stands.
    ///
    /// - Parameters:
    ///   - request, reply: octets on the line; a reply of 0 never came.
    ///   - pause: from the request to the reply, or as long as somebody waited for one.
    func occupation(ofBus bus: Int, request: Int, pause: Interval, reply: Int) -> Interval {
        lineTiming(ofBus: bus)?.occupation(request: request, pause: pause, reply: reply) ?? pause
    }

    static func lines(of rack: RackDefinition, channels: [BusChannel]) -> ContiguousArray<Int> {
        ContiguousArray(
            rack.buses.indices.map { bus in channels.firstIndex { $0.bus == bus && $0.isSerial } ?? -1 })
    }
}
