internal import Foundation
internal import NIOCore
internal import Simulation

/// A serial device that is served: it may vanish, as an adapter does that is unplugged, and it may come back.
///
/// Purpose: lose nothing else with it. Intended behaviour: when its channel ends, a person is told and the run's record has
/// it; then the device is opened again once a second, and when that succeeds both are told again. A reason that stays the
/// same is told once.
final class SerialPlace {
    /// Arbitrary: an adapter takes a second or two to appear.
    private static let retryInterval = TimeAmount.seconds(1)

    private let index: Int
    private let path: String
    private unowned let server: RackServer
    private var retryTask: Scheduled<Void>?
    private var lastReason = ""
    private var hasEnded = false

    init(_ index: Int, path: String, of server: RackServer) {
        self.index = index
        self.path = path
        self.server = server
    }

    private var binding: BusBinding { server.bindings[index] }

    func attach(_ device: SerialDevice) -> EventLoopFuture<Void> {
        let place = NIOLoopBound(self, eventLoop: server.loop)
        let descriptor = device.descriptor
        return server.attach(descriptor, index)
            .map { channel in
                channel.closeFuture.whenComplete { _ in place.value.vanished() }
            }
            .flatMapErrorThrowing { error in
                Foundation.close(descriptor)
                throw error
            }
    }

    /// No device is looked for any more.
    func end() {
        hasEnded = true
        retryTask?.cancel()
    }

    private func vanished() {
        guard !hasEnded else { return }
        tell("is gone", advice: "; trying again every second, the other places go on")
        retry()
    }

    private func retry() {
        retryTask = server.loop.assumeIsolated().scheduleTask(in: Self.retryInterval) { [self] in
            do throws(ServerFailure) {
                let device = try SerialDevice(path: path, format: binding.format, bus: binding.name)
                lastReason = ""
                let place = NIOLoopBound(self, eventLoop: server.loop)
                attach(device).whenComplete { result in
                    switch result {
                    case .success: place.value.tell("is back", advice: "")
                    case .failure: place.value.retry()
                    }
                }
            } catch {
                // That it is not there has been told.
                if error.reason != lastReason, !lastReason.isEmpty { server.notice(ServerNotice("\(error)")) }
                lastReason = error.reason
                retry()
            }
        }
    }

    private func tell(_ what: String, advice: String) {
        server.notice(ServerNotice("bus \(binding.name), device \(path): \(what)\(advice)", isInEventLog: true))
        server.pump?.simulation.noteAtBorder(binding.name, "\(path) \(what)")
    }
}
