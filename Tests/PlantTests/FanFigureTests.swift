import Plant
import Testing

/// Fans against the data sheets of Sanyo Denki: San Ace 40 (9GAX0412P3S001, 40 x 28 mm) and San Ace 80 (9GA0812P6G001,
/// 80 x 20 mm), each at full speed and at the lower speed that its sheet gives beside it.
@Suite struct FanFigureTests {
    struct Sheet: Sendable {
        var speed, flow, power: Double
        var slowSpeed, slowFlow, slowPower: Double
        /// Of the power: what does not go with the cube of the speed, fitted to the two points.
        var constant: Double
    }

    private static let sheets = [
        Sheet(
            speed: 25_000, flow: 31.8, power: 15.6, slowSpeed: 4_400, slowFlow: 5.5, slowPower: 0.84, constant: 0.76),
        Sheet(speed: 5_850, flow: 60.8, power: 3.6, slowSpeed: 2_900, slowFlow: 29.7, slowPower: 0.72, constant: 0.32),
    ]

    /// m^3/s in a cubic foot per minute.
    private static let cubicFoot = 0.000_471_947

    /// Six of these before a resistor of 600 W, in the steady state of a duty.
    private func rack(_ sheet: Sheet, duty: Double) -> RackPlant {
        let fans = FanConfiguration(
            count: 6, maximumSpeed: sheet.speed, maximumFlow: sheet.flow * Self.cubicFoot, idlePower: sheet.constant,
            cubicPower: sheet.power - sheet.constant, lag: 0.5)
        let tray = Fixtures.tray(
            accelerators: 0, fans: fans, cooling: .air, hostIdle: 600, hostMaximum: 600)
        let rack = RackPlant(Fixtures.plant(trays: [tray]), workloads: [], seed: 1)
        rack.setFanDuty(tray: 0, duty: duty)
        rack.run(seconds: 300)
        return rack
    }

    @Test(arguments: sheets)
    func `power is a constant and the cube of the speed`(sheet: Sheet) {
        #expect(abs(rack(sheet, duty: 1).trayFanPower(0) / 6 / sheet.power - 1) < 0.01)
        let slow = rack(sheet, duty: sheet.slowSpeed / sheet.speed)
        #expect(abs(slow.fanSpeed(0, 0) - sheet.slowSpeed) < 1)
        #expect(abs(slow.trayFanPower(0) / 6 / sheet.slowPower - 1) < 0.03, "\(slow.trayFanPower(0) / 6) W")
    }

    @Test(arguments: sheets)
    func `flow goes with the speed`(sheet: Sheet) {
        let full = flow(rack(sheet, duty: 1))
        let slow = flow(rack(sheet, duty: sheet.slowSpeed / sheet.speed))
        #expect(abs(slow / full / (sheet.slowFlow / sheet.flow) - 1) < 0.025, "\(slow / full)")
    }

    /// Watts per kelvin that the air takes with it.
    private func flow(_ rack: RackPlant) -> Double { rack.trayPower(0) / (rack.trayOutletTemperature(0) - 25) }

    /// 183, 122 and 92 cubic feet per minute for each kilowatt at 10, 15 and 20 K.
    @Test(arguments: [(183.0, 10.0), (122, 15), (92, 20)])
    func `a kilowatt warms so much air by so many kelvins`(cubicFeet: Double, kelvins: Double) {
        // The plant's air holds 1206 J/(m^3 K), that of 20 degC; the figure is of somewhat warmer air.
        let fans = FanConfiguration(
            count: 1, maximumSpeed: 10_000, maximumFlow: cubicFeet * Self.cubicFoot / 0.6, idlePower: 0, cubicPower: 0,
            lag: 0.5)
        let tray = Fixtures.tray(accelerators: 0, fans: fans, cooling: .air, hostIdle: 1000, hostMaximum: 1000)
        let rack = RackPlant(Fixtures.plant(trays: [tray]), workloads: [], seed: 1)
        rack.setFanDuty(tray: 0, duty: 1)
        rack.run(seconds: 300)
        #expect(abs((rack.trayOutletTemperature(0) - 25) / kelvins - 1) < 0.05, "\(rack.trayOutletTemperature(0))")
    }

    /// 1.53 L/min of PG25 for each kilowatt at 10 K; 183 L/min for 120 kW.
    @Test func `a kilowatt warms 1.53 litres of PG25 a minute by ten kelvins`() {
        var thermal = Fixtures.thermal
        thermal.coolantHeatCapacity = 3900
        // Cold plates that keep an accelerator of 1 kW from throttling itself.
        (thermal.dieResistance, thermal.sinkResistance) = (0.01, 0.01)
        thermal.coolantFlow = 1.53 / 60 * Coolant.density
        let tray = Fixtures.tray(
            accelerators: 1, model: Fixtures.accelerator(idle: 100, rated: 1000), thermal: thermal)
        let rack = Fixtures.oneTray(.constant(load: 1), tray: tray)
        rack.run(seconds: 300)
        #expect(abs(rack.trayOutletTemperature(0) - 30 - 10) < 0.2, "\(rack.trayOutletTemperature(0))")
    }
}
