internal import ModbusWire
internal import NIOCore
internal import Simulation
internal import Units

/// Keeps a rack's virtual time beside the wall clock.
///
/// Purpose: the simulation has no clock; somebody has to tell it how late it is. Inputs: readings of the
/// event loop's clock, which never goes back. Intended behaviour: the schedule is absolute, so that a late call is made up for by the next
/// and nothing drifts. When the machine cannot keep up, or was asleep, one call works off only so much of the backlog,
/// so that sockets are served meanwhile; the lag is then seen in the statistics.
final class RackPump {
    /// Simulated time per look at the clock while working off a backlog. Arbitrary, a few microseconds of work.
    private static let slice = Interval.milliseconds(10)
    /// How long one call may work. Arbitrary: below the time-outs of masters, 70 ms and more.
    private static let longestWork = TimeAmount.milliseconds(20)

    let simulation: RackSimulation
    /// Answers of this turn of the event loop.
    let batch: AnswerBatch
    /// Told what a person should know, a sentence each.
    private let notice: (ServerNotice) -> Void
    /// Simulated seconds per second.
    private let speed: Double
    private let loop: any EventLoop
    private let origin: NIODeadline
    private(set) var greatestLag = Interval.zero
    private(set) var lag = Interval.zero

    /// From now on the rack's time runs, from where it is.
    init(
        _ simulation: RackSimulation, speed: Double, on loop: any EventLoop,
        notice: @escaping (ServerNotice) -> Void = { _ in }
    ) {
        self.notice = notice
        self.simulation = simulation
        self.speed = speed
        self.loop = loop
        batch = AnswerBatch(on: loop)
        origin = loop.now - .nanoseconds(Int64(Double(simulation.reached.rawValue) / speed))
    }

    /// What the event loop's clock says now.
    var time: NIODeadline { loop.now }

    /// Where the rack's time should be.
    func instant(at time: NIODeadline) -> Instant {
        Instant(rawValue: Int64(Double((time - origin).nanoseconds) * speed))
    }

    /// How long a simulated interval lasts on the wall.
    func duration(of interval: Interval) -> TimeAmount {
        .nanoseconds(Int64(Double(interval.rawValue) / speed))
    }

    /// When the wall will be where the rack's time is then; at once for what has passed.
    func deadline(of instant: Instant) -> NIODeadline { origin + duration(of: instant - .start) }

    /// Brings the rack's time to the wall's. False when the run is at its end.
    @discardableResult
    func catchUp() -> Bool { catchUp(at: loop.now) }

    /// The same for who has just looked at the clock.
    private func catchUp(at time: NIODeadline) -> Bool {
        let target = instant(at: time)
        var goesOn = true
        while goesOn, simulation.reached < target {
            let before = simulation.reached
            goesOn = simulation.advance(to: min(target, before + Self.slice))
            // Less than a plant step is left.
            if simulation.reached == before { break }
            if loop.now - time > Self.longestWork { break }
        }
        if goesOn {
            lag = target - simulation.reached
            greatestLag = max(greatestLag, lag)
        }
        return goesOn
    }

    /// The rack's answer to a request that is complete at this time, which must be now or just gone, and when it is due.
    func respond(
        to request: borrowing FrameBuffer, through line: ExternalLine, at time: NIODeadline, reply: inout FrameBuffer
    ) -> (answer: ExternalAnswer, due: NIODeadline) {
        _ = catchUp(at: time)
        let answer = simulation.respond(to: request, through: line, at: instant(at: time), reply: &reply)
        if let refused = simulation.takeRefusedWrite() { notice(ServerNotice(refused, isInEventLog: true)) }
        switch answer {
        case .silence: return (answer, time)
        case .frame(let delay), .trickle(let delay, _), .hangUp(let delay):
            return (answer, delay > .zero ? time + duration(of: delay) : time)
        }
    }

    // MARK: The line of a serial bus

    /// Frames on the line that no unit was given; see `RackSimulation.noteHeard`.
    func noteHeard(frames: Int, damaged: Int, onBus bus: Int) {
        simulation.noteHeard(frames: frames, damaged: damaged, onBus: bus)
    }

    func takeLine(ofBus bus: Int, keepsPace: Bool) -> LineTurn {
        let time = loop.now
        catchUp()
        return simulation.takeLine(ofBus: bus, keepsPace: keepsPace, at: instant(at: time))
    }

    func releaseLine(ofBus bus: Int) { simulation.releaseLine(ofBus: bus, at: instant(at: loop.now)) }

    func leaveLine(ofBus bus: Int) { simulation.leaveLine(ofBus: bus, at: instant(at: loop.now)) }
}
