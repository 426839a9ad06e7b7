internal import NIOCore
internal import Simulation
internal import Units

/// Who may talk on one serial line, in the order in which they asked.
///
/// Purpose: several places may lead to one serial bus, but a line carries one transaction at a time. Inputs: requests for
/// the line and their end, from connections that may vanish at any time; what the simulation says about the built-in
/// controller, which uses the same line. Intended behaviour: first come, first served; a client that has had its turn goes
/// to the end of the queue, and the controller has its chance between two of them. A real RS-485 line would see a collision
/// where two masters talk at once; here the second waits.
final class LineTurns {
    /// Turns dealt out at one go before the event loop sees to its other work, and the pause then. Both arbitrary: a
    /// fraction of a millisecond of work.
    private static let turnsPerRound = 16
    private static let pause = TimeAmount.microseconds(200)

    private struct Waiter {
        var client: ObjectIdentifier
        var keepsPace: Bool
        var begin: () -> Void
    }

    private let bus: Int
    private let pump: RackPump
    private let loop: any EventLoop
    private var waiters: [Waiter] = []
    private var holder: ObjectIdentifier?
    private var wakeTask: Scheduled<Void>?
    private var isDealing = false

    init(bus: Int, pump: RackPump, on loop: any EventLoop) {
        self.bus = bus
        self.pump = pump
        self.loop = loop
    }

    /// Takes the line if it is free and nobody waits for it; otherwise `wait` has to be called.
    func take(_ client: AnyObject, keepsPace: Bool) -> Bool {
        guard holder == nil, waiters.isEmpty else { return false }
        guard case .granted = pump.takeLine(ofBus: bus, keepsPace: keepsPace) else { return false }
        holder = ObjectIdentifier(client)
        return true
    }

    /// Calls `begin` when the line is the client's.
    func wait(_ client: AnyObject, keepsPace: Bool, begin: @escaping () -> Void) {
        waiters.append(Waiter(client: ObjectIdentifier(client), keepsPace: keepsPace, begin: begin))
        deal()
    }

    /// The client's transaction is over; of no effect if it has not the line.
    func release(_ client: AnyObject) {
        guard holder == ObjectIdentifier(client) else { return }
        holder = nil
        pump.releaseLine(ofBus: bus)
        deal()
    }

    /// The client is gone, whether it waited or talked.
    func withdraw(_ client: AnyObject) {
        waiters.removeAll { $0.client == ObjectIdentifier(client) }
        if waiters.isEmpty {
            wakeTask?.cancel()
            wakeTask = nil
            if holder == nil { pump.leaveLine(ofBus: bus) }
        }
        release(client)
    }

    /// Gives the line to those who wait, as far as it goes.
    private func deal() {
        guard !isDealing else { return }
        isDealing = true
        defer { isDealing = false }
        var dealt = 0
        while holder == nil, let next = waiters.first {
            guard dealt < Self.turnsPerRound else {
                dealAgain(at: loop.now + Self.pause)
                return
            }
            switch pump.takeLine(ofBus: bus, keepsPace: next.keepsPace) {
            case .busy(let instant):
                dealAgain(at: pump.deadline(of: instant))
                return
            case .granted:
                waiters.removeFirst()
                holder = next.client
                dealt += 1
                next.begin()
            }
        }
    }

    private func dealAgain(at deadline: NIODeadline) {
        wakeTask?.cancel()
        wakeTask = loop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.wakeTask = nil
            self.deal()
        }
    }
}
