internal import Dispatch
internal import NIOCore
internal import NIOPosix
public import Simulation

extension RackServer {
    /// Serves until the run is at its end or is interrupted. The calling thread does all the work meanwhile.
    ///
    /// - Parameters:
    ///   - speed: simulated seconds per second.
    ///   - isInterrupted: asked every few milliseconds.
    ///   - ready: called once, when every binding can be used.
    ///   - watch: called every few milliseconds, on the thread that serves, with a way to ask for the statistics; what it
    ///     does holds up all clients for as long as it takes.
    public static func serve(
        _ simulation: RackSimulation, bindings: [BusBinding], limits: ServerLimits, speed: Double,
        isInterrupted: @escaping () -> Bool, ready: @escaping ([ReadyBus]) -> Void,
        watch: @escaping (() -> ServerStatistics) -> Void = { _ in }
    ) throws(ServerFailure) -> ServerStatistics {
        var outcome = Result<ServerStatistics, ServerFailure>.success(ServerStatistics())
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            let server = RackServer(simulation, bindings: bindings, limits: limits, speed: speed, on: loop)
            func stop() {
                server.close()
                loop.shutdownGracefully(queue: .global()) { _ in }
            }
            server.open().assumeIsolated().whenComplete { opened in
                switch opened {
                case .success(let buses):
                    ready(buses)
                    let isOver = {
                        watch { server.statistics }
                        return isInterrupted()
                    }
                    server.run(isInterrupted: isOver) {
                        outcome = .success(server.statistics)
                        stop()
                    }
                case .failure(let error):
                    outcome = .failure(ServerFailure.binding(error, place: "bus"))
                    stop()
                }
            }
        }
        return try outcome.get()
    }
}
