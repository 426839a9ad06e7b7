import RackControl
import Testing
import Units

@Suite struct FanTests {
    @Test func `a hot accelerator drives the duty up and a cool tray lets it fall`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(120))
        #expect(bench.controller.askedDuty(tray: 0) < .percent(30))
        bench.devices[bench.baseboard(0)].registers[Address.acceleratorTemperature + 1] = 900
        bench.run(.seconds(10))
        #expect(bench.controller.askedDuty(tray: 0) > .percent(50))
        let duty = bench.devices[bench.fans(0)].registers[Address.dutyCommand]
        #expect(duty == UInt16(bench.controller.askedDuty(tray: 0).perMille))
    }

    @Test func `a stale temperature drives the failsafe duty`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(60))
        bench.devices[bench.baseboard(0)].isSilent = true
        bench.run(.seconds(5))
        #expect(bench.controller.isInFailsafe(tray: 0))
        #expect(bench.devices[bench.fans(0)].registers[Address.dutyCommand] == 750)
        #expect(bench.events().contains(.failsafeEntered(tray: 0)))
    }

    @Test func `an impossible temperature drives the failsafe duty`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(60))
        bench.devices[bench.baseboard(0)].registers[Address.acceleratorTemperature] = 0x7FFF
        bench.run(.seconds(3))
        #expect(bench.devices[bench.fans(0)].registers[Address.dutyCommand] == 750)
    }

    @Test func `a stalled fan drives the failsafe duty, and the loop takes over again without a bump`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(60))
        bench.devices[bench.fans(0)].registers[Address.stalledFans] = 0b100
        bench.run(.seconds(3))
        #expect(bench.devices[bench.fans(0)].registers[Address.dutyCommand] == 750)
        bench.devices[bench.fans(0)].registers[Address.stalledFans] = 0
        bench.run(.seconds(3))
        #expect(!bench.controller.isInFailsafe(tray: 0))
        #expect(bench.controller.askedDuty(tray: 0) >= .percent(65))
    }

    @Test func `a fan controller that returns gets its duty again`() {
        var bench = Bench(trays: .equal(1))
        bench.run(.seconds(60))
        bench.devices[bench.fans(0)].isSilent = true
        bench.run(.seconds(3))
        bench.devices[bench.fans(0)].registers[Address.dutyCommand] = 0
        bench.devices[bench.fans(0)].isSilent = false
        bench.run(.seconds(5))
        let duty = bench.devices[bench.fans(0)].registers[Address.dutyCommand]
        #expect(duty == UInt16(bench.controller.askedDuty(tray: 0).perMille))
    }
}
