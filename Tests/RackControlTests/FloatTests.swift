import DeviceSpecs
import RegisterMaps
import Testing
import Units

@testable import RackControl

/// Monitors that show their power as an IEEE 754 number, and limits that are written as one.
@Suite struct FloatTests {
    private static let watts = FixedPointScale(numerator: 1000, denominator: 1 << 24)

    private static var monitor: DeviceSpecification {
        var specification = Specifications.monitor
        for index in specification.points.indices where specification.points[index].name == "power" {
            specification.points[index].definition.encoding = .float
            specification.points[index].definition.scale = watts
            (specification.points[index].definition.lowestRaw, specification.points[index].definition.highestRaw) =
                (.min, .max)
        }
        return specification
    }

    private static func words(_ value: Float) -> [UInt16] {
        [UInt16(value.bitPattern >> 16), UInt16(value.bitPattern & 0xFFFF)]
    }

    @Test func `a float is read as the power that it says`() {
        var bench = Bench(trays: .equal(2), monitor: Self.monitor)
        bench.shownPower = { Self.words(Float($0)) }
        bench.demand = [2200, 2000]
        bench.run(.seconds(2))
        #expect(bench.controller.countedPower(tray: 0) == .watts(2200))
        #expect(bench.controller.countedPower(tray: 1) == .watts(2000))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `what is no number is no reading: the tray counts at the BMC's, as with a silent monitor`(value: Float) {
        var bench = Bench(trays: .equal(2), monitor: Self.monitor)
        bench.shownPower = { Self.words(Float($0)) }
        bench.demand = [2200, 2000]
        bench.run(.seconds(2))
        bench.shownPower = { _ in Self.words(value) }
        bench.demand = [2700, 2000]
        bench.run(.seconds(2))
        #expect(bench.controller.countedPower(tray: 0) == .watts(2700))
    }

    @Test func `a cap that is written as a float is never above the cap that is meant`() {
        let limit = PointDefinition(
            address: 0, wordCount: 2, table: .holdingRegisters, encoding: .float, access: .readWrite, scale: Self.watts,
            lowestRaw: .min, highestRaw: .max)
        for power in stride(from: Int64(1), to: 60_000_000_000, by: 700_000_003) + [1, 12_345_678, 33_554_431_999] {
            let raw = limit.writtenRaw(forSignal: power, roundingDown: true)
            let held = limit.signalValue { limit.word($0, ofRaw: raw) }
            #expect(held <= power && power - held <= max(1, power >> 22), "\(power) mW")
            #expect(limit.scale.signal(fromRaw: raw) == held)
        }
    }
}
