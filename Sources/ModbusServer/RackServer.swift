internal import Foundation
internal import ModbusWire
internal import NIOCore
internal import NIOPosix
internal import Simulation
internal import Units

/// Serves a rack to Modbus clients: the rack and all sockets live on one event loop, on one thread, without locks.
public final class RackServer {
    /// How often the rack catches up with the clock when nobody asks for anything; requests bring it up to date by
    /// themselves. Every look wakes the process, some tens of microseconds in a virtual machine. Arbitrary.
    private static let tick = TimeAmount.milliseconds(20)
    /// The silence that ends a frame on serial framing. t3.5 is at most 4 ms at 9600 baud and above, but drivers, pipes
    /// and networks hand octets over in lumps; masters wait at least 70 ms before they ask again. Arbitrary in between.
    private static let serialSilence = Interval.milliseconds(25)

    private let loop: any EventLoop
    private let pump: RackPump
    private let limits: ServerLimits
    private let events = ConnectionEvents()
    private var openChannels: [any Channel] = []
    private var terminals: [PseudoTerminal] = []
    private var connectionsOfBinding: [Int]
    private let bindings: [BusBinding]

    init(
        _ simulation: RackSimulation, bindings: [BusBinding], limits: ServerLimits, speed: Double,
        on loop: any EventLoop
    ) {
        self.loop = loop
        self.limits = limits
        self.bindings = bindings
        pump = RackPump(simulation, speed: speed, on: loop)
        connectionsOfBinding = Array(repeating: 0, count: bindings.count)
    }

    var statistics: ServerStatistics {
        var statistics = events.statistics
        statistics.greatestLag = pump.greatestLag
        return statistics
    }

    // MARK: Opening

    /// Opens every binding, in their order; when one fails, those opened before it are closed again.
    func open() -> EventLoopFuture<[ReadyBus]> {
        let server = NIOLoopBound(self, eventLoop: loop)
        var opened = loop.makeSucceededFuture([ReadyBus]())
        for index in bindings.indices {
            opened = opened.flatMap { ready in
                server.value.open(index).map { ready + [$0] }
            }
        }
        return opened
    }

    private func open(_ index: Int) -> EventLoopFuture<ReadyBus> {
        let binding = bindings[index]
        switch binding.endpoint {
        case .tcp(let host, let port): return listen(index, host, port, framing: .tcp)
        case .rtuOverTCP(let host, let port): return listen(index, host, port, framing: .rtu)
        case .pseudoTerminal(let link): return openTerminal(index, link: link)
        }
    }

    private func line(_ index: Int, _ framing: ExternalLine.Framing) -> ExternalLine {
        ExternalLine(bus: bindings[index].bus, framing: framing, recordedAs: pump.simulation.busCount + index)
    }

    private func listen(
        _ index: Int, _ host: String, _ port: Int, framing: ExternalLine.Framing
    ) -> EventLoopFuture<ReadyBus> {
        let server = NIOLoopBound(self, eventLoop: loop)
        let name = bindings[index].name
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        } catch {
            return loop.makeFailedFuture(ServerFailure.unknownHost(host, place: place))
        }
        return ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try server.value.admit(channel, index, framing) }
            }
            .bind(to: address)
            .flatMapThrowing { channel in
                server.value.openChannels.append(channel)
                return ReadyBus(name: name, place: channel.localAddress.map(Self.place) ?? place)
            }
            .flatMapErrorThrowing { error in throw ServerFailure.binding(error, place: place) }
    }

    /// Takes a client in, unless the port is full.
    private func admit(_ channel: any Channel, _ index: Int, _ framing: ExternalLine.Framing) throws {
        guard connectionsOfBinding[index] < limits.connections else {
            events.statistics.refused += 1
            throw ChannelError.ioOnClosedChannel
        }
        connectionsOfBinding[index] += 1
        events.statistics.accepted += 1
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.connectionsOfBinding[index] -= 1 }
        try addClient(
            to: channel, line(index, framing), patience: .nanoseconds(limits.idleTimeout.nanoseconds))
    }

    private func addClient(to channel: any Channel, _ line: ExternalLine, patience: TimeAmount = .zero) throws {
        let pipeline = channel.pipeline.syncOperations
        switch line.framing {
        case .tcp:
            let client = ClientConnection(
                TCPReceiver(), pump: pump, line: line, events: events, buffers: channel.allocator,
                patience: patience)
            try pipeline.addHandler(client)
        case .rtu:
            let receiver = RTUReceiver(direction: .requests, silence: Self.serialSilence)
            let client = ClientConnection(
                receiver, pump: pump, line: line, events: events, buffers: channel.allocator,
                patience: patience)
            try pipeline.addHandler(client)
        }
    }

    private func openTerminal(_ index: Int, link: String?) -> EventLoopFuture<ReadyBus> {
        let server = NIOLoopBound(self, eventLoop: loop)
        let terminal: PseudoTerminal
        do {
            terminal = try PseudoTerminal(link: link)
        } catch {
            return loop.makeFailedFuture(error)
        }
        terminals.append(terminal)
        let ready = ReadyBus(name: bindings[index].name, place: terminal.path)
        let line = line(index, .rtu)
        return NIOPipeBootstrap(group: loop)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try server.value.addClient(to: channel, line) }
            }
            .takingOwnershipOfDescriptor(inputOutput: terminal.descriptor)
            .map { channel in
                server.value.openChannels.append(channel)
                return ready
            }
    }

    private static func place(_ address: SocketAddress) -> String {
        let host = address.ipAddress ?? "?"
        return host.contains(":") ? "[\(host)]:\(address.port ?? 0)" : "\(host):\(address.port ?? 0)"
    }

    // MARK: Running

    /// Keeps the rack's time until it is at its end, or until `isInterrupted` says so; then calls `ended`.
    func run(isInterrupted: @escaping () -> Bool, ended: @escaping () -> Void) {
        loop.assumeIsolated().scheduleTask(deadline: loop.now + Self.tick) { [self] in
            let goesOn = pump.catchUp()
            if goesOn, !isInterrupted() { run(isInterrupted: isInterrupted, ended: ended) } else { ended() }
        }
    }

    /// Stops listening and takes back what was put into the file system. Connections end with the loop.
    func close() {
        for channel in openChannels { channel.close(promise: nil) }
        for terminal in terminals { terminal.remove() }
        openChannels.removeAll()
        terminals.removeAll()
    }
}
