internal import Dispatch
internal import NIOCore
internal import NIOPosix
public import Simulation
internal import Units

extension RackServer {
    /// What has passed in the rack before the first client is let in: by then every device has sampled, and a client that
    /// asks at once is not told zeros. The slowest shipped device samples every 100 ms. Arbitrary above that.
    private static let firstSamples = Interval.milliseconds(200)

    /// Serves until the run is at its end or is interrupted. The calling thread does all the work meanwhile.
    ///
    /// - Parameters:
    ///   - speed: simulated seconds per second.
    ///   - control: where live events may be put on; `nil` = nowhere.
    ///   - begin: called once, when every binding is open and before any client is let in; what it throws ends it all.
    ///   - isInterrupted: asked every few milliseconds.
    ///   - ready: called once, when every binding can be used.
    ///   - notice: told what a person should know while it happens, a sentence each.
    ///   - watch: called every few milliseconds, on the thread that serves, with a way to ask for the statistics; what it
    ///     does holds up all clients for as long as it takes.
    /// - Throws: `ServerFailure` when a binding cannot be opened, or what `begin` throws.
    public static func serve(
        bindings: [BusBinding], limits: ServerLimits, speed: Double, control: ControlPlace? = nil,
        begin: @escaping () throws -> RackSimulation, isInterrupted: @escaping () -> Bool,
        ready: @escaping ([ReadyBus]) -> Void, notice: @escaping (ServerNotice) -> Void,
        watch: @escaping (() -> ServerStatistics) -> Void = { _ in }
    ) throws -> ServerStatistics {
        var outcome = Result<ServerStatistics, any Error>.success(ServerStatistics())
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            let server = RackServer(
                bindings: bindings, limits: limits, speed: speed, control: control, on: loop, notice: notice)
            func stop(_ result: Result<ServerStatistics, any Error>) {
                outcome = result
                server.close()
                loop.shutdownGracefully(queue: .global()) { _ in }
            }
            let opened = server.open().assumeIsolated().flatMapThrowing {
                let simulation = try begin()
                simulation.advance(to: .start + firstSamples)
                return simulation
            }
            let begun = opened.flatMap { server.begin($0) }
            begun.whenComplete { begun in
                switch begun {
                case .success(let buses):
                    ready(buses)
                    let isOver = {
                        watch { server.statistics }
                        return isInterrupted()
                    }
                    server.run(isInterrupted: isOver) { stop(.success(server.statistics)) }
                case .failure(let error): stop(.failure(error))
                }
            }
        }
        return try outcome.get()
    }
}
