import DeviceSpecs
import RegisterMaps
import Testing

@Suite struct DeviceClassSignalsTests {
    @Test(arguments: DeviceClass.allCases) func `every signal is found by the name that it is given`(
        deviceClass: DeviceClass
    ) {
        for signal in deviceClass.signals {
            for member in 1...signal.memberLimit {
                let identifier = signal.identifier(ofMember: member)
                let name = identifier.flatMap { deviceClass.name(of: $0) } ?? ""
                #expect(deviceClass.signal(named: name)?.identifier == identifier, "\(name)")
            }
        }
    }

    @Test func `members of a family count from one`() {
        #expect(
            DeviceClass.fanController.signal(named: "fan-speed.3")?.identifier
                == FanControllerSignal.fanSpeed.identifier(member: 2))
        #expect(DeviceClass.fanController.signal(named: "fan-speed.0") == nil)
        #expect(DeviceClass.fanController.signal(named: "fan-speed.17") == nil)
        #expect(DeviceClass.fanController.signal(named: "fan-speed") == nil)
    }

    @Test func `a dotted name that ends in no number is a signal of its own`() {
        #expect(
            DeviceClass.baseboardController.signal(named: "power.minimum")?.identifier
                == BaseboardSignal.powerMinimum.identifier)
        #expect(DeviceClass.baseboardController.signal(named: "power.1") == nil)
    }

    @Test(arguments: DeviceClass.allCases) func `no signal has no name`(deviceClass: DeviceClass) {
        #expect(deviceClass.name(of: .none) == nil)
        #expect(deviceClass.description(of: .none) == nil)
    }

    @Test(arguments: DeviceClass.allCases) func `a class is found by its word`(deviceClass: DeviceClass) {
        #expect(DeviceClass(specWord: deviceClass.specWord) == deviceClass)
    }
}
