public import ModbusWire
public import RackControl
internal import Synchronization
public import Units

/// The master's side of real buses: one libmodbus context and one thread per channel, so that a device that hangs, or a
/// host that is dead, holds up its own channel and no other.
///
/// Threads run from `start` to `stop`; they connect, and reconnect, by themselves. `submit`, `wait` and
/// `nextCompletion` belong to one thread, the one that drives the pool; `isConnected` and `health` to any. A transaction
/// allocates nothing here, and libmodbus allocates nothing for it; making a connection does.
///
/// A channel that has no connection ends a transaction as `timeout`, when its time-out has passed. A connection that is
/// lost under a request ends it as `timeout` at once, and nothing is sent twice: a write may have arrived.
public final class MasterPool: Sendable {
    /// Channels of one pool at most: libmodbus bears no more descriptors.
    public static var channelLimit: Int { DescriptorBudget.limit }

    private enum Phase {
        static let made = 0
        static let running = 1
        static let stopped = 2
    }

    private let channels: [BusChannel]
    private let board: CompletionBoard
    private let stopAllowance: Interval
    private let phase = Atomic<Int>(Phase.made)

    /// One channel per entry, in this order; nothing is connected yet.
    ///
    /// Throws, with every cause, when an endpoint cannot be, when this process would have more than `channelLimit`
    /// descriptors open with these channels connected, or when memory is short.
    public init(_ endpoints: [MasterEndpoint], options: MasterOptions = MasterOptions()) throws(MasterFailure) {
        var causes = endpoints.flatMap(EndpointRules.mistakes)
        if let cause = Self.excess(of: endpoints.count) { causes.append(cause) }
        guard causes.isEmpty else { throw MasterFailure(causes: causes) }
        board = CompletionBoard(channels: endpoints.count)
        var made: [BusChannel] = []
        for (index, endpoint) in endpoints.enumerated() {
            guard let channel = BusChannel(endpoint, index: index, options: options, board: board) else {
                let cause = MasterFailure.Cause(
                    place: "\(endpoint)", attempted: "prepare the line",
                    reason: "libmodbus gives no context for it", remedy: "free some memory")
                throw MasterFailure(causes: [cause])
            }
            made.append(channel)
        }
        channels = made
        // What a thread may be waiting for when it is told to stop: a connection, or the next look at the flag.
        stopAllowance = options.connectTimeout + ChannelLine.attention + .seconds(1)
    }

    deinit { stop() }

    public var channelCount: Int { channels.count }

    /// Starts the threads. Once in a pool's life.
    public func start() {
        let before = phase.compareExchange(
            expected: Phase.made, desired: Phase.running, ordering: .acquiringAndReleasing)
        precondition(before.exchanged, "a pool starts once")
        for channel in channels { channel.start() }
    }

    public func isConnected(_ channel: Int) -> Bool {
        channels[channel].line.counters.isConnected.load(ordering: .acquiring)
    }

    /// Hands a transaction to a channel, which must be idle: its last completion was fetched. Its `bus` is not looked at.
    public func submit(_ transaction: BusTransaction, to channel: Int) {
        precondition(phase.load(ordering: .relaxed) == Phase.running, "a transaction needs a running pool")
        channels[channel].submit(transaction)
    }

    /// Waits for a completion; false when none was there by `deadline` (CLOCK_MONOTONIC). With a deadline that has passed
    /// it only looks.
    public func wait(until deadline: Instant) -> Bool { board.wait(until: deadline) }

    /// Fetches a completion, nil when there is none. `registers` takes what was read, words or text, and is empty
    /// otherwise.
    public func nextCompletion(registers: inout RegisterBlock) -> MasterCompletion? {
        guard let channel = board.take() else { return nil }
        return channels[channel].fetch(registers: &registers)
    }

    public func health(of channel: Int) -> ChannelHealth {
        let line = channels[channel].line
        return line.counters.health(at: line.endpoint)
    }

    /// Ends all threads and closes all lines, within `connectTimeout` and about a second. Transactions under way end as
    /// `timeout` and can still be fetched. Once stopped, a pool does not start again.
    public func stop() {
        guard phase.exchange(Phase.stopped, ordering: .acquiringAndReleasing) == Phase.running else { return }
        for channel in channels { channel.requestStop() }
        let deadline = MonotonicClock.now + stopAllowance
        for channel in channels { channel.join(until: deadline) }
    }

    /// Why so many channels cannot be, if so.
    private static func excess(of count: Int) -> MasterFailure.Cause? {
        let open = DescriptorBudget.openCount
        let bound = min(channelLimit, DescriptorBudget.granted)
        guard open + count > bound else { return nil }
        let isGranted = bound < channelLimit
        return MasterFailure.Cause(
            place: "\(count) channels", attempted: "make as many",
            reason:
                "with \(open) files and sockets open already, \(isGranted ? "the system grants" : "libmodbus bears") "
                + "no more than \(bound) in a process",
            remedy: isGranted
                ? "raise the limit with \"ulimit -n\", or name fewer endpoints"
                : "put devices behind gateways, or split the rack between several controllers")
    }
}
