import DeviceSpecs
import RegisterMaps
import SpecFiles
import Testing

/// Bits of a status word against those that the signal of its class has.
@Suite struct FlagMistakeTests {
    private static func problems(_ bits: String, signal: String = "status", device: String = "power-monitor")
        -> [String]
    {
        ValueMistakeTests.problems(
            "{name: a, at: 1, type: flags, signal: \(signal), bits: {\(bits)}}", device: device)
    }

    @Test func `a bit that the signal does not have is told with those that it has`() {
        let problems = Self.problems("0: over-power, 14: fan-failed")
        #expect(problems.count == 1)
        #expect(
            problems.first?.hasPrefix("x.yaml:6:73: expected a bit that the signal \"status\" has (0 over-power, 1 ")
                == true)
        #expect(
            problems.first?.hasSuffix(
                "15 latched-fault), found bit 14 for \"fan-failed\"; leave it out: the firmware never sets it") == true,
            "\(problems)")
        #expect(Self.problems("14: over-power").first?.hasSuffix("\"over-power\" is bit 0") == true)
    }

    @Test func `a name that is another bit's is told with that bit`() {
        #expect(
            Self.problems("0: over-power, 3: under-voltage, 4: low") == [
                "x.yaml:6:76: expected \"over-voltage\" or a name of its own for bit 3 of the signal \"status\", found "
                    + "\"under-voltage\", which is bit 4"
            ])
    }

    @Test func `a misspelt name is told with what was meant, one of the map's own is taken`() {
        #expect(
            Self.problems("0: over-pwoer") == [
                "x.yaml:6:61: expected a flag of the signal \"status\", found \"over-pwoer\" for bit 0; did you mean "
                    + "\"over-power\"?"
            ])
        #expect(Self.problems("0: olf, 1: silence, 15: sticky") == [])
    }

    @Test func `a word of one bit for each member has as many as there can be members`() {
        #expect(Self.problems("0: fan-a, 15: fan-p", signal: "stall.fans", device: "fan-controller") == [])
        let problems = Self.problems("6: psu-7", signal: "modules.present", device: "shelf-gateway")
        #expect(problems.count == 1 && problems[0].contains("has (0 to 5), found bit 6 for \"psu-7\""))
    }

    @Test func `every mistake is told in one pass, and a word without a signal is not judged`() {
        #expect(Self.problems("0: over-pwoer, 1: over-power, 14: x").count == 3)
        #expect(ValueMistakeTests.problems("{name: a, at: 1, type: flags, bits: {14: anything, 0: over-pwoer}}") == [])
    }

    @Test(arguments: DeviceClass.allCases)
    func `every set of flags has bits, each once, with names that are no other's`(
        deviceClass: DeviceClass
    ) {
        for signal in deviceClass.signals {
            #expect(signal.flags.isEmpty == (signal.unit != .flags), "\(signal.name)")
            #expect(Set(signal.flags.map(\.bit)).count == signal.flags.count, "\(signal.name)")
            let names = signal.flags.flatMap(\.names)
            #expect(Set(names).count == names.count, "\(signal.name)")
        }
    }
}
