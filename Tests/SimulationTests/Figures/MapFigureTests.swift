import DeviceFirmware
import DeviceSpecs
import Plant
import RackControl
import RegisterMaps
import RunRecords
import Scenario
import ScenarioFiles
import Testing
import Units

@testable import Simulation

/// Register maps against the interfaces that they follow.
@Suite struct MapFigureTests {
    private func point(_ signal: SignalIdentifier, of model: String) throws -> PointDefinition {
        let specification = try #require(SmallRack.files.loadSpecification(model).0)
        return try #require(specification.point(boundTo: signal)).definition
    }

    /// CMIS: temperature signed in 1/256 degC (octet 14), supply unsigned in 100 uV (16), maximum power in 0.25 W (201),
    /// module state in bits 3 to 1 of octet 3.
    @Test func `an optics controller keeps the steps of CMIS`() throws {
        let model = "busbar-optics-1"
        let temperature = try point(OpticsSignal.moduleTemperature.identifier, of: model)
        #expect(temperature.scale.signal(fromRaw: 256) == 1000 && temperature.lowestRaw == -32_768)
        let supply = try point(OpticsSignal.moduleSupply.identifier, of: model)
        #expect(supply.scale.signal(fromRaw: 10_000) == 1000 && supply.highestRaw == 65_535)
        let power = try point(OpticsSignal.moduleMaximumPower.identifier, of: model)
        #expect(power.scale.signal(fromRaw: 1) == 250)
        #expect(OpticalModuleState.lowPower.rawValue == 1 && OpticalModuleState.fault.rawValue == 5)
        #expect(OpticalModuleState.ready.rawValue == 3)
    }

    /// DCMI Set Power Limit: exception action 00h, 01h or 11h, a limit of 16 bits in whole watts, a correction time of 32
    /// bits in milliseconds, a sampling period of 16 bits in seconds (openUBMC's documentation).
    @Test(arguments: ["busbar-bmc-1", "busbar-switch-bmc-1"])
    func `a BMC takes a power limit as DCMI does`(model: String) throws {
        let limit = try point(BaseboardSignal.powerLimit.identifier, of: model)
        #expect(limit.wordCount == 1 && limit.scale.signal(fromRaw: 1) == 1000)
        let correction = try point(BaseboardSignal.correctionTime.identifier, of: model)
        #expect(correction.wordCount == 2 && correction.scale.signal(fromRaw: 1) == 1)
        let period = try point(BaseboardSignal.samplingPeriod.identifier, of: model)
        #expect(period.wordCount == 1 && period.scale.signal(fromRaw: 1) == 1000)
    }

    /// The fixed points of Meta's map of the high-power supply: 1/64 V of input and bulk, 1/1024 V of output, 1/64 A, 1/8 W,
    /// 1/128 degC (facebook/openbmc, orv3_hpr_psu.json).
    @Test func `a high-power supply keeps the fixed points of its shelf`() throws {
        let model = "psu-orv3-hpr"
        #expect(try point(PowerSupplySignal.outputVoltage.identifier, of: model).scale.signal(fromRaw: 1024) == 1000)
        #expect(try point(PowerSupplySignal.outputVoltage.identifier, of: model).address == 79)
        #expect(try point(PowerSupplySignal.outputCurrent.identifier, of: model).scale.signal(fromRaw: 64) == 1000)
        #expect(try point(PowerSupplySignal.outputPower.identifier, of: model).scale.signal(fromRaw: 8) == 1000)
        #expect(try point(PowerSupplySignal.inputVoltage.identifier, of: model).scale.signal(fromRaw: 64) == 1000)
        #expect(try point(PowerSupplySignal.bulkVoltage.identifier, of: model).scale.signal(fromRaw: 64) == 1000)
        #expect(try point(PowerSupplySignal.inletTemperature.identifier, of: model).scale.signal(fromRaw: 128) == 1000)
    }
}
