import DeviceFirmware
import RegisterMaps
import Testing
import Units

/// A unit's converter, its store and the busbar as simple as can be, driven millisecond by millisecond.
private struct Bench {
    var unit: BackupUnit
    var image = BackupUnitImage()
    var now = Instant.start
    var outputs = BackupUnitOutputs.off

    init(_ change: (inout BackupUnitConfiguration) -> Void = { _ in }, charge: PerMille = .whole) {
        var configuration = BackupUnitConfiguration()
        configuration.unitCount = 1
        change(&configuration)
        unit = BackupUnit(configuration, charge: charge)
        image.packMicrovolts = 54_000_000
    }

    mutating func run(_ milliseconds: Int, _ each: (inout BackupUnitImage, BackupUnitOutputs) -> Void = { _, _ in }) {
        for _ in 0..<milliseconds {
            now += .milliseconds(1)
            each(&image, outputs)
            outputs = unit.step(at: now, sampling: image)
        }
    }

    /// So many milliseconds until the output is what is asked for.
    mutating func milliseconds(until wanted: BackupUnitOutputs, limit: Int = 1000) -> Int? {
        for count in 1...limit {
            run(1)
            if outputs == wanted { return count }
        }
        return nil
    }

    func value(_ signal: BackupUnitSignal) -> Int64 { unit.value(of: signal.identifier) }

    mutating func write(_ signal: BackupUnitSignal, _ value: Int64) -> SignalWriteVerdict {
        let verdict = unit.verdict(onWriting: signal.identifier, value: value)
        if verdict == .accepted { unit.write(signal.identifier, value: value, at: now) }
        return verdict
    }
}

@Suite struct BackupUnitTests {
    @Test func `a busbar below 48.5 V for 2 ms triggers, and 2 ms later the converter is up`() {
        var bench = Bench()
        bench.run(100)
        bench.image.busMicrovolts = 48_400_000
        // Low first seen at 1 ms, for 2 ms at 3 ms, and up 2 ms after that.
        #expect(bench.milliseconds(until: .hold) == 5)
        #expect(bench.value(.state) == 5)
        #expect(bench.value(.dischargeCount) == 1)
    }

    @Test func `a dip shorter than 2 ms triggers nothing`() {
        var bench = Bench()
        bench.run(100)
        bench.image.busMicrovolts = 45_000_000
        bench.run(2)
        bench.image.busMicrovolts = 50_000_000
        #expect(bench.milliseconds(until: .hold) == nil)
    }

    @Test func `the AC-loss line triggers at once, long before hold-up is over`() {
        var bench = Bench()
        bench.run(100)
        bench.image.isInputLost = true
        #expect(bench.milliseconds(until: .hold) == 3)
        #expect(bench.value(.inputGood) == 0)
        #expect(bench.value(.inputLossCount) == 1)
    }

    @Test func `it lets go when the busbar was above 48.5 V for 200 ms and the input is back`() {
        var bench = Bench()
        bench.image.isInputLost = true
        bench.run(100)
        bench.image.busMicrovolts = 48_300_000
        bench.run(1000)
        #expect(bench.outputs == .hold)
        bench.image.isInputLost = false
        bench.image.busMicrovolts = 50_500_000
        bench.run(199)
        #expect(bench.outputs == .hold)
        bench.run(2)
        #expect(bench.outputs == .off)
        #expect(bench.value(.state) == 1)
    }

    @Test func `it holds a loaded busbar for 240 s at most, and not again before the busbar was good`() {
        var bench = Bench { $0.energy = .joules(100_000_000) }
        bench.image.isInputLost = true
        bench.image.busMicrovolts = 48_200_000
        bench.image.power = .watts(4000)
        bench.run(240_010)
        #expect(bench.outputs == .off)
        #expect(bench.value(.state) == 6)
        bench.run(5000)
        #expect(bench.outputs == .off)
    }

    @Test func `time in which others keep the busbar up does not count`() {
        var bench = Bench()
        bench.image.isInputLost = true
        bench.run(300_000)
        #expect(bench.outputs == .hold)
    }

    @Test func `the count of the charge follows what flows, heat in the store included`() {
        var bench = Bench()
        // 50 V, 100 A: 5 kW and 200 W in 20 mOhm; a quarter of 1.32 MJ is gone after 63.5 s.
        bench.image.packMicrovolts = 50_000_000
        bench.image.packMicroamperes = 100_000_000
        bench.run(63_460)
        #expect((749...751).contains(bench.value(.charge)), "\(bench.value(.charge))")
    }

    @Test func `a capacitor's charge is read off its voltage`() {
        var bench = Bench {
            $0.isCapacitor = true
            $0.emptyVoltage = .volts(27)
            $0.fullVoltage = .volts(54)
            $0.microohms = 5000
        }
        // Half way between the squares of 27 V and 54 V, less the drop of 100 A over 5 mOhm.
        bench.image.packMicrovolts = 42_191_000
        bench.image.packMicroamperes = 100_000_000
        bench.run(10)
        #expect((498...502).contains(bench.value(.charge)), "\(bench.value(.charge))")
    }

    @Test func `a store that is not full is charged within the limit until the charger tapers off`() {
        var bench = Bench(charge: .percent(90))
        #expect(bench.write(.chargeLimit, 300_000) == .accepted)
        bench.image.packMicrovolts = 52_000_000
        bench.run(10) { image, outputs in if case .power(let power) = outputs { image.power = power } }
        #expect(bench.outputs == .power(.watts(-300)))
        #expect(bench.value(.state) == 2)
        bench.image.packMicrovolts = 54_000_000
        bench.image.power = .watts(-20)
        bench.run(2)
        #expect(bench.outputs == .off)
        #expect(bench.value(.charge) == 1000)
    }

    @Test func `a charge limit of zero charges nothing, and one above the charger's power is refused`() {
        var bench = Bench(charge: .percent(50))
        #expect(bench.write(.chargeLimit, 0) == .accepted)
        bench.run(100)
        #expect(bench.outputs == .off)
        #expect(bench.write(.chargeLimit, 1_000_001) == .illegalValue)
    }

    /// A load that swings by 8 kW every 500 ms, with the unit between it and the supplies.
    private static func swing(_ bench: inout Bench, milliseconds: Int) -> ClosedRange<Int64> {
        var (least, greatest) = (Int64.max, Int64.min)
        var tick = 0
        bench.run(milliseconds) { image, outputs in
            let load = Power.watts(tick / 500 % 2 == 0 ? 20_000 : 12_000)
            if case .power(let power) = outputs { image.power = power } else { image.power = .zero }
            image.backupPower = image.power
            image.supplyPower = load - image.power
            if tick > 3000 {
                least = min(least, image.supplyPower.rawValue)
                greatest = max(greatest, image.supplyPower.rawValue)
            }
            tick += 1
        }
        return least <= greatest ? least...greatest : 0...0
    }

    private static func smoothing(charge: PerMille) -> Bench {
        var bench = Bench({ $0.chargePower = .watts(5500) }, charge: charge)
        bench.image.packMicrovolts = 47_000_000
        for (signal, value) in [
            (BackupUnitSignal.smoothingFloor, Int64(15_500_000)), (.smoothingCeiling, 16_500_000),
            (.rampUp, 2_000_000), (.rampDown, 2_000_000), (.watchdogTimeout, 60_000), (.command, 1),
        ] {
            #expect(bench.write(signal, value) == .accepted)
        }
        return bench
    }

    @Test func `smoothing keeps the supplies between floor and ceiling, but for the step of a load in one sample`() {
        var bench = Self.smoothing(charge: .percent(60))
        let supplies = Self.swing(&bench, milliseconds: 8000)
        #expect(bench.value(.state) == 3)
        // The sample in which the load steps shows the step itself; the next one does not.
        #expect(supplies.lowerBound >= 7_500_000 && supplies.upperBound <= 24_500_000)
        var bench2 = bench
        bench2.run(400) { image, _ in
            image.supplyPower = .watts(20_000) - image.power
            image.backupPower = image.power
        }
        #expect(bench2.value(.command) == 1)
    }

    @Test func `smoothing takes nothing out below the reserve and puts nothing in above its limit`() {
        var low = Self.smoothing(charge: .percent(5))
        _ = Self.swing(&low, milliseconds: 400)
        if case .power(let power) = low.outputs { #expect(power <= .zero) }
        var high = Self.smoothing(charge: .percent(99))
        _ = Self.swing(&high, milliseconds: 800)
        if case .power(let power) = high.outputs { #expect(power >= .zero) }
        #expect(high.value(.state) == 3)
    }

    @Test func `when nobody feeds the watchdog the supplies are led back to the load by the ramp`() {
        var bench = Self.smoothing(charge: .percent(60))
        #expect(bench.write(.rampDown, 20_000_000) == .accepted)
        #expect(bench.write(.watchdogTimeout, 1000) == .accepted)
        bench.run(900) { image, outputs in
            if case .power(let power) = outputs { image.power = power }
            image.backupPower = image.power
            image.supplyPower = .watts(20_000) - image.power
        }
        guard case .power(let before) = bench.outputs else {
            Issue.record("not smoothing: \(bench.outputs)")
            return
        }
        #expect(before > .watts(3000))
        bench.run(600) { image, outputs in
            if case .power(let power) = outputs { image.power = power } else { image.power = .zero }
            image.backupPower = image.power
            image.supplyPower = .watts(20_000) - image.power
        }
        guard case .power(let after) = bench.outputs else {
            Issue.record("dropped in a step: \(bench.outputs)")
            return
        }
        // 2 kW/s for half a second or so.
        #expect(after < before && before - after < .watts(1300))
    }

    @Test func `a failed converter or a hot store is a fault until it is cleared`() {
        var bench = Bench()
        bench.image.hasFailed = true
        bench.run(2)
        #expect(bench.value(.state) == 7)
        bench.image.hasFailed = false
        bench.run(10)
        #expect(bench.value(.state) == 7)
        #expect(bench.write(.faultClear, 1) == .accepted)
        bench.run(2)
        #expect(bench.value(.state) == 1)
    }

    @Test func `asleep it does not answer a falling busbar`() {
        var bench = Bench()
        #expect(bench.write(.command, 2) == .accepted)
        bench.run(10)
        #expect(bench.value(.state) == 0)
        bench.image.isInputLost = true
        bench.run(100)
        #expect(bench.outputs == .off)
        #expect(bench.value(.alarms) & 0x8000 != 0)
    }

    @Test func `a restart forgets the command and keeps the charge`() {
        var bench = Self.smoothing(charge: .percent(60))
        bench.run(10)
        bench.unit.restart(at: bench.now)
        bench.run(1000)
        #expect(bench.value(.command) == 0)
        #expect((590...610).contains(bench.value(.charge)))
        #expect(bench.value(.latchedAlarms) & 16 != 0)
    }
}
