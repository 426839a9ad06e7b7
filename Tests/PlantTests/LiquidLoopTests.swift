import Plant
import Testing

@Suite struct LiquidLoopTests {
    /// Two pumps, either of which just carries the design flow; round numbers.
    static func loop(pumps: Int = 2, hasBranchValves: Bool = true) -> LiquidLoopConfiguration {
        LiquidLoopConfiguration(
            pumps: PumpConfiguration(
                count: pumps, maximumSpeed: 5000, shutOffPressure: 150_000, freeFlow: 0.6, idlePower: 10,
                cubicPower: 90, lag: 1),
            designPressure: 100_000, commonShare: 0.4,
            exchanger: HeatExchangerConfiguration(
                designHeat: 9600, approach: 4, facilityTemperature: 26, valveTravel: 60),
            reservoir: ReservoirConfiguration(capacity: 10, circuitMass: 10, level: 0.8),
            hasBranchValves: hasBranchValves)
    }

    /// Three trays of eight accelerators of 400 W on 0.1 kg/s each, all of it at 4000 J/(kg K).
    private func rack(_ loop: LiquidLoopConfiguration? = loop(), load: Double = 1) -> RackPlant {
        var configuration = Fixtures.plant(trays: Array(repeating: Fixtures.tray(), count: 3))
        configuration.cooling.loop = loop
        return RackPlant(configuration, workloads: [([0, 1, 2], .constant(load: load))], seed: 1)
    }

    /// Half a minute settles speeds, flow and valve; temperatures need a quarter of an hour.
    private func running(
        _ loop: LiquidLoopConfiguration = loop(), duty: Double = 1, valve: Double = 1, seconds: Int = 30
    ) -> RackPlant {
        let rack = rack(loop)
        for pump in 0..<rack.pumpCount { rack.setPumpDuty(pump, duty: duty) }
        rack.setFacilityValve(valve)
        rack.run(seconds: seconds)
        return rack
    }

    /// The affinity laws of pumps (PUMP-FLO knowledge base, kb.eng-software.com), on a circuit without static head.
    @Test func `flow goes with the speed, pressure with its square, power with its cube above the idle power`() {
        let full = running()
        let half = running(duty: 0.5)
        #expect(abs(half.coolantFlow / full.coolantFlow - 0.5) < 1e-6)
        #expect(abs(half.coolantPressure / full.coolantPressure - 0.25) < 1e-6)
        #expect(abs(full.pumpPower - 2 * (10 + 90)) < 0.01)
        #expect(abs(half.pumpPower - 2 * (10 + 90.0 / 8)) < 0.01)
        #expect(abs(half.pumpSpeed(1) - 2500) < 0.01)
    }

    @Test func `the flow is where the pumps' curve meets the circuit's`() {
        let rack = running()
        // 150 kPa (1 - (Q / 2 / 0.6)^2) = 100 kPa (Q / 0.3)^2.
        let flow = (150_000.0 / (100_000 / 0.09 + 150_000 / 1.44)).squareRoot()
        #expect(abs(rack.coolantFlow - flow) < 1e-6)
        #expect(abs(rack.coolantPressure - 100_000 * (flow / 0.3) * (flow / 0.3)) < 0.1)
        #expect(abs(rack.coolantShare(tray: 1) - flow / 0.3) < 1e-6)
    }

    @Test func `one pump of two keeps more than half of the flow, and none stops it`() {
        let rack = running()
        let both = rack.coolantFlow
        rack.setPump(0, hasFailed: true)
        rack.run(seconds: 10)
        // 150 kPa (1 - (Q / 0.6)^2) = 100 kPa (Q / 0.3)^2: the check valve keeps the dead pump from running backwards.
        let one = (150_000.0 / (100_000 / 0.09 + 150_000 / 0.36)).squareRoot()
        #expect(abs(rack.coolantFlow - one) < 1e-3)
        #expect(one > 0.8 * both)
        rack.setPump(1, hasFailed: true)
        rack.run(seconds: 20)
        #expect(rack.coolantFlow < 1e-3)
        #expect(rack.pumpPower == 0)
        rack.setPump(1, hasFailed: false)
        rack.run(seconds: 20)
        #expect(abs(rack.coolantFlow - one) < 1e-3)
    }

    @Test func `at its design point the exchanger leaves its approach between facility water and supply`() {
        // Both pumps at the duty that makes the design flow: 100 kPa at 0.15 kg/s each is 112.5 kPa less the parabola.
        let duty = ((100_000.0 + 150_000 * 0.25 * 0.25) / 150_000).squareRoot()
        let rack = running(duty: duty, seconds: 900)
        #expect(abs(rack.coolantFlow - 0.3) < 1e-6)
        // 24 accelerators of 400 W are the design heat; hosts are cooled by air.
        #expect(abs(rack.coolantHeat - 9600) < 2)
        #expect(abs(rack.coolantSupplyTemperature - 30) < 0.01)
        #expect(abs(rack.coolantReturnTemperature - 38) < 0.01)
    }

    @Test func `the heat that the trays give is the heat that the facility water takes`() {
        let rack = running(duty: 0.7, valve: 0.5, seconds: 1800)
        var heat = 0.0
        for tray in 0..<3 {
            for accelerator in 0..<8 { heat += rack.acceleratorPower(tray, accelerator) }
        }
        #expect(abs(rack.coolantHeat - heat) < 2)
    }

    @Test func `warmer facility water arrives at the supply degree for degree`() {
        let rack = running(seconds: 900)
        let before = rack.coolantSupplyTemperature
        rack.setFacilityTemperature(36)
        rack.run(seconds: 900)
        #expect(abs(rack.coolantSupplyTemperature - before - 10) < 0.02)
    }

    @Test func `closing the facility valve warms the supply, and a stuck valve stays`() {
        let rack = running(seconds: 900)
        let before = rack.coolantSupplyTemperature
        rack.setFacilityValve(0.3)
        rack.run(seconds: 600)
        #expect(abs(rack.facilityValve - 0.3) < 1e-9)
        #expect(rack.coolantSupplyTemperature > before + 3)
        rack.setFacilityValve(isStuck: true)
        rack.setFacilityValve(1)
        rack.run(seconds: 120)
        #expect(abs(rack.facilityValve - 0.3) < 1e-9)
    }

    @Test func `the facility valve takes its time`() {
        let rack = running()
        rack.setFacilityValve(0)
        rack.run(seconds: 30)
        #expect(abs(rack.facilityValve - 0.5) < 0.01)
    }

    @Test func `less flow makes dies hotter by less heat carried and worse transfer`() {
        let rack = running(seconds: 900)
        let before = rack.hottestAccelerator(0)
        for pump in 0..<2 { rack.setPumpDuty(pump, duty: 0.3) }
        rack.run(seconds: 900)
        #expect(rack.hottestAccelerator(0) > before + 15)
    }

    @Test func `a leak lowers the level until the pumps draw air and the flow goes`() {
        let rack = running()
        let before = rack.coolantFlow
        rack.setLeak(tray: 1, rate: 0.05)
        rack.run(seconds: 60)
        // 100 kPa is the design pressure; at full speed it is some more, and the orifice goes with the root of it.
        let rate = 0.05 * (rack.coolantPressure / 100_000).squareRoot()
        #expect(abs(rack.spilledCoolant(tray: 1) - 60 * rate) < 0.01)
        #expect(abs(rack.coolantLevel - (8 - 60 * rate) / 10) < 1e-3)
        #expect(abs(rack.coolantFlow - before) < 1e-9)
        rack.run(seconds: 240)
        #expect(rack.coolantLevel < 0.02)
        #expect(rack.coolantFlow < 0.5 * before)
    }

    @Test func `shutting the branch of a leaking tray ends the leak and leaves the others more flow`() {
        let rack = running()
        let before = rack.coolantShare(tray: 0)
        rack.setLeak(tray: 1, rate: 0.05)
        rack.run(seconds: 10)
        rack.setBranch(tray: 1, isOpen: false)
        rack.run(seconds: 1)
        let level = rack.coolantLevel
        rack.run(seconds: 60)
        #expect(rack.coolantLevel == level)
        #expect(rack.coolantShare(tray: 1) == 0)
        #expect(rack.coolantShare(tray: 0) > before)
    }

    @Test func `a loop without branch valves cannot be shut`() {
        let rack = running(Self.loop(hasBranchValves: false))
        rack.setBranch(tray: 1, isOpen: false)
        rack.run(seconds: 1)
        #expect(rack.branchIsOpen(tray: 1))
        #expect(rack.coolantShare(tray: 1) > 0.9)
    }

    @Test func `the pumps' power hangs on the busbar and stops with it`() {
        let rack = running()
        var trays = 0.0
        for tray in 0..<3 { trays += rack.trayPower(tray) }
        #expect(abs(rack.rackPower - trays - 200) < 1e-6)
        rack.loseFeed(0)
        rack.run(seconds: 10)
        #expect(rack.rackPower == 0)
        #expect(rack.coolantFlow < 0.01)
    }

    @Test func `a rack without a loop has its coolant as it is stated`() {
        let rack = rack(nil)
        rack.run(seconds: 60)
        #expect(!rack.hasLiquidLoop)
        #expect(rack.coolantSupplyTemperature == 30)
        #expect(rack.coolantShare(tray: 0) == 1)
        #expect(rack.pumpPower == 0)
    }
}
