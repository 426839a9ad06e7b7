internal import Dispatch
internal import NIOCore
internal import NIOPosix
public import Simulation

extension RackServer {
    /// Serves until the run is at its end or is interrupted. The calling thread does all the work meanwhile.
    ///
    /// - Parameters:
    ///   - speed: simulated seconds per second.
    ///   - control: where live events may be put on; `nil` = nowhere.
    ///   - isInterrupted: asked every few milliseconds.
    ///   - ready: called once, when every binding can be used.
    public static func serve(
        _ simulation: RackSimulation, bindings: [BusBinding], limits: ServerLimits, speed: Double,
        control: ControlPlace? = nil, isInterrupted: @escaping () -> Bool, ready: @escaping ([ReadyBus]) -> Void
    ) throws(ServerFailure) -> ServerStatistics {
        var outcome = Result<ServerStatistics, ServerFailure>.success(ServerStatistics())
        MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { loop in
            let server = RackServer(
                simulation, bindings: bindings, limits: limits, speed: speed, control: control, on: loop)
            func stop() {
                server.close()
                loop.shutdownGracefully(queue: .global()) { _ in }
            }
            server.open().assumeIsolated().whenComplete { opened in
                switch opened {
                case .success(let buses):
                    ready(buses)
                    server.run(isInterrupted: isInterrupted) {
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
