import ModbusWire
import RackControl
import Testing
import Units

@Suite struct DeviceTests {
    @Test func `every device is identified, armed and online within a second`() {
        var bench = Bench(trays: .equal(4))
        bench.run(.seconds(1))
        for device in bench.devices.indices { #expect(bench.controller.isOnline(device: device)) }
        #expect(!bench.controller.isStartingUp)
        let baseboard = bench.devices[bench.baseboard(0)].registers
        #expect(baseboard[Address.limitActive] == 1)
        #expect(baseboard[Address.baseboardWatchdog] == 500)
        #expect(baseboard[Address.powerLimit] == 5000)
    }

    @Test func `one serial line carries them all, one at a time`() {
        var bench = Bench(trays: .equal(4), serial: true)
        #expect(bench.controller.channelCount == 1)
        bench.run(.seconds(3))
        for device in bench.devices.indices { #expect(bench.controller.isOnline(device: device)) }
        #expect(bench.controller.measuredPower == .watts(8000))
    }

    @Test func `a wrong identity is never controlled`() {
        var bench = Bench(trays: .equal(2))
        let stranger = bench.baseboard(0)
        bench.devices[stranger].registers[Address.product] = 0x5858
        bench.run(.seconds(10))
        #expect(bench.controller.phase(device: stranger) == .misidentified)
        #expect(!bench.writes.contains { $0.device == stranger })
        #expect(bench.events().filter { $0 == .misidentified(device: stranger) }.count == 1)
    }

    @Test func `a right name with more behind it is a wrong identity`() {
        var bench = Bench(trays: .equal(1))
        // "BMC" and then "2".
        bench.devices[bench.baseboard(0)].registers[Address.product + 1] = 0x4332
        bench.run(.seconds(1))
        #expect(bench.controller.phase(device: bench.baseboard(0)) == .misidentified)
    }

    @Test func `a stranger that is replaced by the right device is found again`() {
        var bench = Bench(trays: .equal(1))
        let device = bench.monitor(0)
        let name = bench.devices[device].registers[Address.product]
        bench.devices[device].registers[Address.product] = 0
        bench.run(.seconds(1))
        #expect(bench.controller.phase(device: device) == .misidentified)
        bench.devices[device].registers[Address.product] = name
        bench.run(.seconds(3))
        #expect(bench.controller.isOnline(device: device))
    }

    @Test func `a silent device goes dormant after its retries and is probed once per pause`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(1))
        let device = bench.monitor(0)
        bench.devices[device].isSilent = true
        let before = bench.controller.counters.timeouts
        bench.run(.seconds(1))
        #expect(bench.controller.phase(device: device) == .dormant)
        #expect(bench.controller.counters.timeouts - before == 3)
        bench.run(.seconds(6))
        #expect(bench.controller.counters.timeouts - before == 6)
        bench.devices[device].isSilent = false
        bench.run(.seconds(3))
        #expect(bench.controller.isOnline(device: device))
        #expect(bench.events().contains(.lost(device: device)))
    }

    @Test func `a silent device on a shared line does not starve the others`() {
        var bench = Bench(trays: .equal(3), serial: true)
        bench.run(.seconds(3))
        bench.devices[bench.monitor(0)].isSilent = true
        bench.demand = [2000, 2500, 2600]
        bench.run(.seconds(2))
        #expect(bench.controller.countedPower(tray: 1) == .watts(2500))
        #expect(bench.controller.countedPower(tray: 2) == .watts(2600))
    }

    @Test func `a refused setting is logged and the device is still watched`() {
        var bench = Bench(trays: .equal(1))
        bench.devices[bench.monitor(0)].refused = [Address.monitorLimit]
        bench.run(.seconds(2))
        #expect(bench.controller.isOnline(device: bench.monitor(0)))
        #expect(
            bench.events().contains(.settingRefused(device: bench.monitor(0), code: .illegalDataAddress)))
    }

    @Test func `a busy device is asked no more often than one that answers, and at once again when it is free`() {
        var bench = Bench(trays: .equal(2))
        bench.run(.seconds(3))
        let (busy, free) = (bench.baseboard(0), bench.baseboard(1))
        bench.devices[busy].isBusy = true
        let before = (busy: bench.devices[busy].asked, free: bench.devices[free].asked)
        bench.run(.seconds(4))
        let asked = (busy: bench.devices[busy].asked - before.busy, free: bench.devices[free].asked - before.free)
        #expect(asked.busy > 0)
        // The first doublings, and a cap that waits to be written in each cycle.
        #expect(asked.busy <= asked.free + 10 + 40)
        bench.devices[busy].isBusy = false
        bench.demand = [2500, 2000]
        bench.run(.milliseconds(1100))
        #expect(bench.controller.countedPower(tray: 0) == .watts(2500))
        #expect(bench.controller.isOnline(device: busy))
    }

    @Test func `after one busy answer the device is asked again within some 10 ms`() throws {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(3))
        let device = bench.monitor(0)
        bench.devices[device].isBusy = true
        let before = bench.devices[device].asked
        while bench.devices[device].asked == before { bench.run(.milliseconds(1)) }
        bench.devices[device].isBusy = false
        bench.run(.milliseconds(16))
        #expect(bench.devices[device].asked - before >= 2)
    }

    @Test func `a reply that does not fit its request is a failure, not data`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(1))
        let channel = bench.controller.channel(ofDevice: bench.monitor(0))
        var transaction: BusTransaction?
        while transaction == nil {
            bench.now += .milliseconds(1)
            bench.controller.step(at: bench.now)
            transaction = bench.controller.nextTransaction(channel: channel, at: bench.now)
        }
        var short = RegisterBlock()
        short.append(0xFFFF)
        let before = bench.controller.counters.badReplies
        bench.controller.complete(transaction!, reply: .registers, registers: short, at: bench.now)
        #expect(bench.controller.counters.badReplies == before + 1)
        #expect(bench.controller.countedPower(tray: 0) == .watts(2000))
    }

    @Test func `an outstanding transaction keeps its channel busy`() {
        let bench = Bench(trays: .equal(1), serial: true)
        bench.controller.step(at: .start)
        let first = bench.controller.nextTransaction(channel: 0, at: .start)
        #expect(first != nil)
        #expect(bench.controller.nextTransaction(channel: 0, at: .start + .seconds(1)) == nil)
        #expect(bench.controller.nextTransactionTime(channel: 0) == .never)
    }
}
