internal import Foundation
internal import ModbusWire
internal import NIOCore
internal import NIOPosix
internal import Scenario
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

    let loop: any EventLoop
    private let limits: ServerLimits
    private let speed: Double
    let events = ConnectionEvents()
    let bindings: [BusBinding]
    private var openPlaces: [OpenPlace] = []
    private var connectionsOfBinding: [Int]
    /// There once the rack's time runs.
    private(set) var pump: RackPump?
    /// The queue of each serial bus; `nil` where every device has a connection of its own.
    private var turnsOfBus: [LineTurns?] = []
    /// Serial devices, each with what is needed to have it back when it vanishes.
    private var serialPlaces: [SerialPlace] = []
    private var terminalPlaces: [TerminalPlace] = []
    /// Told what a person should know while it happens, a sentence each.
    let notice: (ServerNotice) -> Void
    private let control: ControlPlace?
    private var controlSocket: ControlSocket?
    private var controlChannel: (any Channel)?

    init(
        bindings: [BusBinding], limits: ServerLimits, speed: Double, control: ControlPlace? = nil,
        on loop: any EventLoop, notice: @escaping (ServerNotice) -> Void
    ) {
        self.control = control
        self.loop = loop
        self.limits = limits
        self.bindings = bindings
        self.speed = speed
        self.notice = notice
        connectionsOfBinding = Array(repeating: 0, count: bindings.count)
    }

    var statistics: ServerStatistics {
        var statistics = events.statistics
        statistics.greatestLag = pump?.greatestLag ?? .zero
        statistics.lag = pump?.lag ?? .zero
        statistics.clients = connectionsOfBinding
        return statistics
    }

    // MARK: Opening

    /// Opens every binding, in their order, and lets nobody in yet; when one fails, those opened before it stay open until
    /// `close`.
    func open() -> EventLoopFuture<Void> {
        let server = NIOLoopBound(self, eventLoop: loop)
        var opened = loop.makeCompletedFuture { try claimControl() }
        for index in bindings.indices {
            opened = opened.flatMap { server.value.open(index).map { server.value.openPlaces.append($0) } }
        }
        return opened
    }

    /// The control socket's path is taken, or refused, before anything else; nobody is let in yet.
    private func claimControl() throws {
        if let control { controlSocket = try ControlSocket(path: control.path) }
    }

    private func open(_ index: Int) -> EventLoopFuture<OpenPlace> {
        let binding = bindings[index]
        switch binding.endpoint {
        case .tcp(let host, let port): return listen(index, host, port, framing: .tcp)
        case .rtuOverTCP(let host, let port): return listen(index, host, port, framing: .rtu)
        case .pseudoTerminal(let link):
            return loop.makeCompletedFuture {
                do throws(ServerFailure) {
                    return .terminal(try PseudoTerminal(link: link))
                } catch {
                    throw error.onBus(binding.name)
                }
            }
        case .serialDevice(let path):
            return loop.makeCompletedFuture {
                .device(try SerialDevice(path: path, format: binding.format, bus: binding.name), path: path)
            }
        }
    }

    private func listen(
        _ index: Int, _ host: String, _ port: Int, framing: ExternalLine.Framing
    ) -> EventLoopFuture<OpenPlace> {
        let server = NIOLoopBound(self, eventLoop: loop)
        let place =
            "bus \(bindings[index].name), " + (host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        } catch {
            return loop.makeFailedFuture(ServerFailure.unknownHost(host, place: place))
        }
        return ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try server.value.admit(channel, index, framing) }
            }
            .bind(to: address)
            .map { .listener($0) }
            .flatMapErrorThrowing { error in throw ServerFailure.binding(error, place: place) }
    }

    /// Takes a client in, unless it may not come or the port is full.
    private func admit(_ channel: any Channel, _ index: Int, _ framing: ExternalLine.Framing) throws {
        if !limits.allowed.isEmpty {
            let isAllowed = channel.remoteAddress.map { address in limits.allowed.contains { $0.contains(address) } }
            guard isAllowed ?? false else {
                events.statistics.turnedAway += 1
                throw ChannelError.ioOnClosedChannel
            }
        }
        guard connectionsOfBinding[index] < limits.connections else {
            events.statistics.refused += 1
            throw ChannelError.ioOnClosedChannel
        }
        connectionsOfBinding[index] += 1
        events.statistics.accepted += 1
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.connectionsOfBinding[index] -= 1 }
        try addClient(to: channel, index, framing, patience: .nanoseconds(limits.idleTimeout.nanoseconds))
    }

    /// The pace of the bus's own line, where it was asked for and there is one.
    private func pace(_ index: Int, of simulation: RackSimulation) -> LinePace? {
        guard bindings[index].pace == .line, let pump, let timing = simulation.lineTiming(ofBus: bindings[index].bus)
        else { return nil }
        return LinePace(
            character: pump.duration(of: timing.character), betweenFrames: pump.duration(of: timing.betweenFrames))
    }

    private func addClient(
        to channel: any Channel, _ index: Int, _ framing: ExternalLine.Framing, patience: TimeAmount = .zero
    ) throws {
        guard let pump else { throw ChannelError.ioOnClosedChannel }
        let bus = bindings[index].bus
        let pace = pace(index, of: pump.simulation)
        let line = ExternalLine(
            bus: bus, framing: framing, recordedAs: pump.simulation.busCount + index,
            hasConnections: bindings[index].endpoint.hasConnections, keepsPace: pace != nil)
        let pipeline = channel.pipeline.syncOperations
        switch framing {
        case .tcp:
            let client = ClientConnection(
                TCPReceiver(), pump: pump, line: line, turns: turnsOfBus[bus], events: events,
                buffers: channel.allocator, patience: patience, pace: pace)
            try pipeline.addHandler(client)
        case .rtu:
            let receiver = RTUReceiver(
                direction: .requests, silence: Self.serialSilence, units: pump.simulation.units(ofBus: bus))
            let client = ClientConnection(
                receiver, pump: pump, line: line, turns: turnsOfBus[bus], events: events,
                buffers: channel.allocator, patience: patience, pace: pace,
                echo: bindings[index].echoes ? LineEcho() : nil)
            try pipeline.addHandler(client)
        }
    }

    // MARK: Beginning

    /// From now on the rack's time runs, and clients are let in at every place.
    func begin(_ simulation: RackSimulation) -> EventLoopFuture<[ReadyBus]> {
        let pump = RackPump(simulation, speed: speed, on: loop, notice: notice)
        self.pump = pump
        turnsOfBus = (0..<simulation.busCount).map { bus in
            simulation.isSerialLine(bus: bus) ? LineTurns(bus: bus, pump: pump, on: loop) : nil
        }
        let server = NIOLoopBound(self, eventLoop: loop)
        var begun = openControl(pump).map { [ReadyBus]() }
        for index in bindings.indices {
            begun = begun.flatMap { ready in server.value.begin(index).map { ready + [$0] } }
        }
        return begun
    }

    /// Before the buses, so that it is there when they are said to be ready.
    private func openControl(_ pump: RackPump) -> EventLoopFuture<Void> {
        guard let control, let controlSocket else { return loop.makeSucceededVoidFuture() }
        let server = NIOLoopBound(self, eventLoop: loop)
        return controlSocket.listen(ControlSession(pump, read: control.read), on: loop).map { channel in
            server.value.controlChannel = channel
        }
    }

    private func begin(_ index: Int) -> EventLoopFuture<ReadyBus> {
        let name = bindings[index].name
        switch openPlaces[index] {
        case .listener(let channel):
            let address = channel.localAddress
            let ready = ReadyBus(
                name: name, place: address.map(Self.place) ?? "?", isOpenToOthers: !(address?.isLoopback ?? false))
            return channel.setOption(.autoRead, value: true).map { ready }
        case .terminal(let terminal):
            let place = TerminalPlace(index, terminal, of: self)
            terminalPlaces.append(place)
            return place.begin().map { ReadyBus(name: name, place: terminal.path) }
        case .device(let device, let path):
            let place = SerialPlace(index, path: path, of: self)
            serialPlaces.append(place)
            return place.attach(device).map { ReadyBus(name: name, place: path) }
        }
    }

    /// Makes a client of what is at the other end of a pseudo-terminal or serial device.
    func attach(_ descriptor: CInt, _ index: Int) -> EventLoopFuture<any Channel> {
        let server = NIOLoopBound(self, eventLoop: loop)
        return NIOPipeBootstrap(group: loop)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try server.value.addClient(to: channel, index, .rtu) }
            }
            .takingOwnershipOfDescriptor(inputOutput: descriptor)
    }

    private static func place(_ address: SocketAddress) -> String {
        let host = address.ipAddress ?? "?"
        return host.contains(":") ? "[\(host)]:\(address.port ?? 0)" : "\(host):\(address.port ?? 0)"
    }

    // MARK: Running

    /// Keeps the rack's time until it is at its end, or until `isInterrupted` says so; then calls `ended`.
    func run(isInterrupted: @escaping () -> Bool, ended: @escaping () -> Void) {
        loop.assumeIsolated().scheduleTask(deadline: loop.now + Self.tick) { [self] in
            let goesOn = pump?.catchUp() ?? false
            if goesOn, !isInterrupted() { run(isInterrupted: isInterrupted, ended: ended) } else { ended() }
        }
    }

    /// Stops listening and takes back what was put into the file system. Connections end with the loop.
    func close() {
        for place in serialPlaces { place.end() }
        for place in terminalPlaces { place.end() }
        for place in openPlaces { place.close(hasBegun: pump != nil) }
        controlChannel?.close(promise: nil)
        controlSocket?.remove()
        controlChannel = nil
        controlSocket = nil
        serialPlaces.removeAll()
        terminalPlaces.removeAll()
        openPlaces.removeAll()
    }
}

/// A place that has been opened.
enum OpenPlace {
    case listener(any Channel)
    case terminal(PseudoTerminal)
    case device(SerialDevice, path: String)

    /// A descriptor that has become a channel is that channel's to close.
    func close(hasBegun: Bool) {
        switch self {
        case .listener(let channel): channel.close(promise: nil)
        case .terminal(let terminal): terminal.remove()
        case .device(let device, _):
            if !hasBegun { Foundation.close(device.descriptor) }
        }
    }
}

extension SocketAddress {
    /// Whether only programs on this machine can reach it: 127.0.0.0/8 or ::1.
    fileprivate var isLoopback: Bool {
        ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }.contains { $0.contains(self) }
    }
}
