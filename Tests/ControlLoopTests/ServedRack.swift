import Dispatch
import Foundation
import ModbusServer
import Scenario
import ScenarioFiles
import Simulation
import Synchronization
import Testing
import Units

/// The rack of `first-light` on loopback ports, served in real time on a thread of its own until it is released.
final class ServedRack: Sendable {
    let scenario: ScenarioDefinition
    /// By bus; 0 for one that is not served.
    private let ports: Mutex<[Int]>
    private let isReleased = Atomic<Bool>(false)
    private let looks = Atomic<Int>(0)
    private let look = Mutex<@Sendable () -> Void>({})
    private let ready = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// The server looks every few milliseconds whether it is to end; what has not happened after so many looks never
    /// will, and the test goes on to its expectations.
    private static let patience = 20_000

    static let shelf = 0
    static let trays = 1
    static let management = 2

    init(serving buses: [Int]) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let files = ProjectFiles(root: root)
        let loaded = ScenarioFile.load(
            path: "\(root)/Scenarios/first-light.yaml", overrides: [("duration", "1000 s")], files: files
        ).0
        scenario = try #require(loaded)
        ports = Mutex(Array(repeating: 0, count: scenario.rack.buses.count))
        let thread = Thread { [self] in serve(buses) }
        thread.start()
        ready.wait()
    }

    /// The rack with the places at which it is served; a bus that is not is met at `port`.
    func rack(otherwise port: Int = 0) -> RackDefinition {
        var rack = scenario.rack
        let ports = ports.withLock { $0 }
        for bus in rack.buses.indices {
            rack.buses[bus].endpoint = .tcp(host: "127.0.0.1", port: ports[bus] == 0 ? port : ports[bus])
        }
        for device in rack.devices.indices {
            rack.devices[device].endpoint = rack.buses[rack.devices[device].bus].endpoint
        }
        return rack
    }

    /// Calls `body` every few milliseconds from now on; after too many calls `giveUp` once.
    func watch(_ body: @escaping @Sendable () -> Void, giveUp: @escaping @Sendable () -> Void) {
        look.withLock { look in
            look = { [self] in
                let count = looks.add(1, ordering: .relaxed).newValue
                if count == Self.patience { giveUp() }
                body()
            }
        }
    }

    /// Ends the server.
    func release() {
        isReleased.store(true, ordering: .relaxed)
        ended.wait()
    }

    private func serve(_ buses: [Int]) {
        var scenario = scenario
        scenario.events = []
        let simulation = RackSimulation(scenario, seed: 1, version: "test", recorder: nil, hasController: false)
        let bindings = buses.map {
            BusBinding(name: scenario.rack.buses[$0].name, bus: $0, endpoint: .tcp(host: "127.0.0.1", port: 0))
        }
        do {
            _ = try RackServer.serve(
                bindings: bindings, limits: ServerLimits(), speed: 1, begin: { simulation },
                isInterrupted: { [self] in
                    look.withLock { $0 }()
                    return isReleased.load(ordering: .relaxed)
                },
                ready: { [self] found in
                    ports.withLock { ports in
                        for (index, bus) in buses.enumerated() {
                            ports[bus] = found[index].place.split(separator: ":").last.flatMap { Int($0) } ?? 0
                        }
                    }
                    ready.signal()
                },
                notice: { _ in })
        } catch {
            Issue.record(error)
            ready.signal()
        }
        ended.signal()
    }
}
