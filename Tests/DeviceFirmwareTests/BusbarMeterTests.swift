import DeviceFirmware
import RegisterMaps
import Testing
import Units

@Suite struct BusbarMeterTests {
    /// 50 V and a kilowatt for each 20 A.
    func image(kilowatts: Int64, millivolts: Int64 = 50_000) -> BusbarMeterImage {
        BusbarMeterImage(busMicrovolts: millivolts * 1000, currentMicroamperes: kilowatts * 20_000_000)
    }

    func meter(_ change: (inout BusbarMeterConfiguration) -> Void = { _ in }) -> BusbarMeter {
        var configuration = BusbarMeterConfiguration()
        configuration.settings.demandPeriod = 1
        change(&configuration)
        return BusbarMeter(configuration)
    }

    /// Samples every 10 ms up to and including an instant.
    func run(_ meter: inout BusbarMeter, to milliseconds: Int64, _ image: BusbarMeterImage) {
        while meter.nextDeadline <= at(milliseconds) { _ = meter.step(at: meter.nextDeadline, sampling: image) }
    }

    func within(_ value: Int64, of target: Int64, _ tolerance: Int64) -> Bool { abs(value - target) <= tolerance }

    @Test func `a reading is the mean of ten samples`() {
        var meter = meter()
        run(&meter, to: 80, image(kilowatts: 100))
        #expect(meter.read(.power) == 0)
        run(&meter, to: 90, image(kilowatts: 110))
        // Half a step of current, 12.5 mA, is a third of a watt.
        #expect(within(meter.read(.power), of: 101_000_000, 5_000))
        #expect(within(meter.read(.voltage), of: 50_000, 1))
        #expect(within(meter.read(.current), of: 2_020_000, 13))
    }

    @Test func `a demand is the mean of a whole period and the peak is kept`() {
        var meter = meter()
        run(&meter, to: 490, image(kilowatts: 120))
        run(&meter, to: 990, image(kilowatts: 60))
        #expect(meter.read(.demand) == 0)
        run(&meter, to: 1000, image(kilowatts: 60))
        #expect(within(meter.read(.demand), of: 90_000_000, 20_000))
        run(&meter, to: 2000, image(kilowatts: 30))
        // The sample at one second was still of 60 kW.
        #expect(within(meter.read(.demand), of: 30_300_000, 20_000))
        #expect(within(meter.read(.peakDemand), of: 90_000_000, 20_000))
        meter.write(.peakDemand, 0, at: at(2001))
        #expect(meter.read(.peakDemand) == 0)
    }

    @Test func `a short dip shows in the lowest voltage and not in the average's alarm`() {
        var meter = meter()
        run(&meter, to: 40, image(kilowatts: 50))
        _ = meter.step(at: at(50), sampling: image(kilowatts: 50, millivolts: 44_000))
        run(&meter, to: 90, image(kilowatts: 50))
        #expect(within(meter.read(.lowestVoltage), of: 44_000, 1))
        #expect(within(meter.read(.highestVoltage), of: 50_000, 1))
        #expect(meter.status.isEmpty)
        run(&meter, to: 190, image(kilowatts: 50, millivolts: 45_500))
        #expect(meter.status == BusbarMeterStatus.underVoltage.union(.latchedFault))
        // 46 V and a hysteresis of 1 %: not before 46.46 V.
        run(&meter, to: 290, image(kilowatts: 50, millivolts: 46_300))
        #expect(meter.status.contains(.underVoltage))
        run(&meter, to: 390, image(kilowatts: 50, millivolts: 46_600))
        #expect(!meter.status.contains(.underVoltage))
        #expect(BusbarMeterStatus(signalValue: meter.read(.latchedFaults)) == .underVoltage)
    }

    @Test func `a late sample stands for the time missed`() {
        var meter = meter()
        run(&meter, to: 0, image(kilowatts: 100))
        _ = meter.step(at: at(990), sampling: image(kilowatts: 100))
        #expect(within(meter.read(.energy), of: 100_000_000, 5_000))
        #expect(meter.read(.overrunCount) == 1)
    }

    @Test func `a restart keeps thresholds and begins a new demand`() {
        var meter = meter()
        meter.write(.overPowerThreshold, 80_000_000, at: at(0))
        run(&meter, to: 900, image(kilowatts: 100))
        #expect(meter.status.contains(.overPower))
        meter.restart(at: at(900))
        #expect(!meter.isReady(at: at(1000)))
        run(&meter, to: 2140, image(kilowatts: 40))
        #expect(meter.read(.demand) == 0)
        run(&meter, to: 2150, image(kilowatts: 40))
        #expect(within(meter.read(.demand), of: 40_000_000, 20_000))
        #expect(meter.read(.overPowerThreshold) == 80_000_000)
    }
}

extension BusbarMeter {
    func read(_ signal: BusbarMeterSignal) -> Int64 { value(of: signal.identifier) }
    mutating func write(_ signal: BusbarMeterSignal, _ value: Int64, at now: Instant) {
        write(signal.identifier, value: value, at: now)
    }
    var status: BusbarMeterStatus { BusbarMeterStatus(signalValue: read(.status)) }
}
