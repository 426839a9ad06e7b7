import ControlLoop
import DeviceSpecs
import Foundation
import ModbusWire
import Plant
import RackControl
import Scenario
import ScenarioFiles
import Simulation
import Testing
import Units

@Suite struct WriteWordsTests {
    private func plan() throws -> ControlPlan {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let loaded = ScenarioFile.load(path: "\(root)/Scenarios/first-light.yaml", files: ProjectFiles(root: root)).0
        let scenario = try #require(loaded)
        var rack = scenario.rack
        for bus in rack.buses.indices { rack.buses[bus].endpoint = .tcp(host: "127.0.0.1", port: 1502 + bus) }
        for device in rack.devices.indices {
            rack.devices[device].endpoint = rack.buses[rack.devices[device].bus].endpoint
        }
        return try #require(
            ControlPlan(
                rack: rack, trayNames: rack.plant.trays.map(\.name),
                inventory: ControllerInventory(rack, policies: scenario.controller.trays),
                configuration: ControllerConfiguration(scenario.controller)))
    }

    /// What the device's own type answers to its probe.
    private func identity(of device: Int, in plan: ControlPlan) -> String {
        plan.inventory.devices[device].specification.probe?.expected ?? ""
    }

    /// The first write of each kind that the controller hands out for a device, in words.
    private func writes(to path: String, in plan: ControlPlan) throws -> [String] {
        let device = try #require(plan.inventory.devices.firstIndex { $0.path == path })
        var configuration = plan.configuration
        configuration.isDryRun = true
        let controller = RackController(inventory: plan.inventory, configuration: configuration)
        let channel = controller.channel(ofDevice: device)
        var found: [String] = []
        var now = Instant.start
        // Every question is refused until the device is armed by what it would have been written.
        for _ in 0..<200 {
            now += .milliseconds(100)
            controller.step(at: now)
            guard let transaction = controller.nextTransaction(channel: channel, at: now) else { continue }
            switch transaction.request {
            case .writeRegisters, .writeCoil:
                if transaction.device == device {
                    found.append(plan.words(ofWrite: transaction.request, device: device))
                }
                controller.complete(transaction, reply: .written, at: now)
            case .readRegisters(_, _, let count):
                controller.complete(
                    transaction, reply: .registers,
                    registers: block(identity(of: transaction.device, in: plan), count: Int(count)), at: now)
            case .readIdentification:
                controller.complete(
                    transaction, reply: .text,
                    registers: block(identity(of: transaction.device, in: plan), count: 16), at: now)
            }
        }
        return found
    }

    @Test func `a write is told by device, bus, unit, register and value with its unit`() throws {
        let plan = try plan()
        let writes = try writes(to: "tray-3/bmc", in: plan)
        #expect(writes.contains("tray-3/bmc (management, unit 50): watchdog-timeout = 2 s"))
        #expect(writes.contains("tray-3/bmc (management, unit 50): exception-action = 17"))
        #expect(
            writes.contains {
                $0.hasPrefix("tray-3/bmc (management, unit 50): power-limit = 3.4")
                    || $0.hasPrefix("tray-3/bmc (management, unit 50): power-limit = 3.3")
            })
    }

    @Test func `channels are the serial lines and the devices of the others, each with its place`() throws {
        let plan = try plan()
        // Two lines and eight BMCs.
        #expect(plan.channels.count == 10)
        #expect(plan.channels[0].devices.count == 6)
        #expect(plan.channels[2].devices.count == 1)
        #expect("\(plan.channels[2].endpoint)" == "127.0.0.1:1504")
        #expect(plan.configuration.alignsPolls)
    }

    @Test func `a rack without a place for each device is no plan`() throws {
        let plan = try plan()
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let (loaded, _) = RackFile.load(path: "\(root)/Racks/nvl72.yaml", files: ProjectFiles(root: root))
        var rack = try #require(loaded)
        for bus in rack.buses.indices { rack.buses[bus].endpoint = nil }
        for device in rack.devices.indices { rack.devices[device].endpoint = nil }
        let trays = rack.plant.trays.map { _ in TrayPolicy(priority: 1, floor: .watts(1), ceiling: .watts(2)) }
        #expect(
            ControlPlan(
                rack: rack, trayNames: [], inventory: ControllerInventory(rack, policies: trays),
                configuration: plan.configuration) == nil)
    }
}

/// A text in registers, padded with zeros.
private func block(_ text: String, count: Int) -> RegisterBlock {
    var octets = Array(text.utf8)
    while octets.count < count * 2 { octets.append(0) }
    var block = RegisterBlock()
    for index in 0..<count { block.append(UInt16(octets[index * 2]) << 8 | UInt16(octets[index * 2 + 1])) }
    return block
}
