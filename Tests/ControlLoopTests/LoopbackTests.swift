import ControlLoop
import DeviceSpecs
import Foundation
import ModbusMaster
import ModbusWire
import Plant
import RackControl
import RealTime
import Scenario
import Simulation
import Synchronization
import Testing
import Units

/// The scan loop through libmodbus and sockets against a rack that is served in real time.
@Suite(.serialized) struct LoopbackTests {
    /// What a loop left behind.
    private struct Traces {
        var outcome: ScanOutcome?
        var status: ControlStatus
        var news: [ControlNews]
    }

    /// Function codes of the requests that were sent.
    private final class SentFunctions: Sendable {
        private let codes = Mutex<Set<UInt8>>([])

        func note(_ frame: UnsafeRawBufferPointer) { _ = codes.withLock { $0.insert(frame[7]) } }
        var all: Set<UInt8> { codes.withLock { $0 } }
    }

    /// Runs a loop until `isEnough` of its status.
    private func control(
        _ served: ServedRack, rack: RackDefinition, sent: SentFunctions = SentFunctions(),
        adjust: (inout ControllerConfiguration) -> Void = { _ in },
        until isEnough: @escaping @Sendable (ControlStatus) -> Bool
    ) throws -> Traces {
        let policies = served.scenario.controller.trays
        var configuration = ControllerConfiguration(served.scenario.controller)
        // A machine that is busy with other tests answers late.
        configuration.timeout = .seconds(1)
        adjust(&configuration)
        let plan = try #require(
            ControlPlan(
                rack: rack, trayNames: rack.plant.trays.map(\.name),
                inventory: ControllerInventory(rack, policies: policies), configuration: configuration))
        var options = MasterOptions()
        options.frameObserver = { octets, direction, _, _ in if direction == .requests { sent.note(octets) } }
        let pool = try MasterPool(plan.channels.map(\.endpoint), options: options)
        pool.start()
        var scan = ScanOptions()
        scan.safeStateTime = .seconds(20)
        let loop = ScanLoop(plan: plan, options: scan, pool: pool)
        served.watch({ if isEnough(loop.board.status) { loop.stop() } }, giveUp: { loop.stop() })
        loop.run()
        pool.stop()
        return Traces(outcome: loop.board.outcome, status: loop.board.status, news: loop.board.takeNews().news)
    }

    @Test func `every device of a served rack is found and armed, and left in the safe state`() throws {
        let served = try ServedRack(serving: [ServedRack.shelf, ServedRack.trays, ServedRack.management])
        defer { served.release() }
        let traces = try control(served, rack: served.rack()) { status in
            status.cycles > 20 && status.devices.allSatisfy { $0.phase == .online }
        }
        let outcome = try #require(traces.outcome)
        #expect(traces.status.devices.count { $0.phase == .online } == 30)
        // Eight BMCs and eight fan controllers.
        #expect(outcome.safeStates.count { $0 == .taken } == 16)
        #expect(outcome.safeStates.count { $0 == .notAsked } == 14)
        #expect(traces.status.trays.allSatisfy { $0.askedCap == $0.safeCap })
        #expect(outcome.wakeUp.count == outcome.cycles)
        #expect(outcome.cycle.count == outcome.cycles)
        let isFirst =
            if case .ready? = traces.news.first(where: { if case .ready = $0 { true } else { false } }) { true } else {
                false
            }
        #expect(isFirst)
    }

    @Test func `a dry run reads everything and writes nothing`() throws {
        let served = try ServedRack(serving: [ServedRack.shelf, ServedRack.trays, ServedRack.management])
        defer { served.release() }
        let sent = SentFunctions()
        let traces = try control(served, rack: served.rack(), sent: sent, adjust: { $0.isDryRun = true }) { status in
            status.cycles > 20 && status.devices.allSatisfy { $0.phase == .online }
        }
        #expect(traces.status.devices.count { $0.phase == .online } == 30)
        #expect(sent.all.isSubset(of: [3, 4, 43]))
        #expect(!sent.all.isEmpty)
        let words = traces.news.compactMap { item -> String? in
            guard case .wouldWrite(let device, _, let request, _) = item else { return nil }
            return "\(device) \(request)"
        }
        #expect(words.count >= 16)
        #expect(Set(words).count == words.count || words.count > 16)
    }

    @Test func `a device behind a gateway that says so is absent, and no stranger`() throws {
        let served = try ServedRack(serving: [ServedRack.shelf, ServedRack.trays, ServedRack.management])
        defer { served.release() }
        var rack = served.rack()
        let bmc = try #require(rack.devices.firstIndex { $0.path == "tray-3/bmc" })
        // A unit at which the served bus has nobody: exception 0Ah.
        rack.devices[bmc].unit = 70
        let traces = try control(served, rack: rack) { $0.devices[bmc].phase == .dormant }
        #expect(traces.status.devices[bmc].phase == .dormant)
        let isLost = traces.news.contains {
            if case .controller(let event, _) = $0 { event.kind == .lost(device: bmc) } else { false }
        }
        #expect(isLost)
    }

    @Test func `a stranger at a device's unit is told with what it answered`() throws {
        let served = try ServedRack(serving: [ServedRack.shelf, ServedRack.trays, ServedRack.management])
        defer { served.release() }
        var rack = served.rack()
        let bmc = try #require(rack.devices.firstIndex { $0.path == "tray-3/bmc" })
        rack.devices[bmc].specification.probe?.expected = "BUSBAR-BMC-2"
        let traces = try control(served, rack: rack) { $0.devices[bmc].phase == .misidentified }
        let found = traces.news.compactMap { item -> String? in
            guard case .controller(let event, let found) = item, event.kind == .misidentified(device: bmc) else {
                return nil
            }
            return found.text
        }
        #expect(found == ["\"BUSBAR-BMC-1\""])
    }

    @Test func `a bus that hangs holds up no other`() throws {
        let served = try ServedRack(serving: [ServedRack.trays, ServedRack.management])
        defer { served.release() }
        // Connections are taken into the queue of a listener that never looks at them.
        let listener = try SilentListener()
        let rack = served.rack(otherwise: listener.port)
        let traces = try control(served, rack: rack) { status in
            let others = zip(status.devices, rack.devices).filter { $1.bus != ServedRack.shelf }
            let hung = zip(status.devices, rack.devices).filter { $1.bus == ServedRack.shelf }
            return others.allSatisfy { $0.0.phase == .online } && hung.contains { $0.0.phase == .dormant }
        }
        #expect(traces.status.devices.count { $0.phase == .online } == 24)
        #expect(traces.status.devices.contains { $0.phase == .dormant })
        #expect(try #require(traces.outcome).safeStates.count { $0 == .taken } == 16)
    }
}

/// A loopback port behind which nobody reads.
private final class SilentListener {
    private let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let file = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file, $0, length) == 0 && listen(file, 8) == 0 && getsockname(file, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
