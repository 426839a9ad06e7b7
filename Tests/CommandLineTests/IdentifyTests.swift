import Foundation
import Testing

@Suite struct IdentifyTests {
    /// Serves a small rack's network and asks the unit there.
    static func asking(_ arguments: [String], _ judge: (Call) throws -> Void) throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        try asking([arguments], of: place, from: try Workplace()) { try judge($0[0]) }
    }

    /// Serves the scenario of `place`, asks once for each list of arguments, and judges all answers.
    private static func asking(
        _ questions: [[String]], of place: Workplace, from asker: Workplace, _ judge: ([Call]) throws -> Void
    ) throws {
        let served = try Served(place, ["--bus", "net=tcp:0"])
        let address = try served.outputLine("ready bus=net at=")
        let answers = try questions.map { question in
            let process = try asker.prepared(["spec", "identify"] + question + ["--at", "tcp:\(address)"])
            try process.run()
            return try asker.outcome(of: process)
        }
        try judge(answers)
        #expect(served.end(by: SIGINT) != 74)
    }

    /// A BMC's spec with another name, and without a probe or with its own.
    private static func bmc(
        _ model: String, _ vendor: String, _ product: String, _ revision: String = "1.0", hasProbe: Bool = false
    ) throws -> String {
        let shipped = Workplace.packageRoot + "/Firmware-specs/busbar-bmc-1.yaml"
        let lines = try String(contentsOfFile: shipped, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        return lines.compactMap { line in
            if line.hasPrefix("model: ") { return "model: \(model)" }
            if line.hasPrefix("identity: ") {
                return "identity: {vendor: \(vendor), product: \(product), revision: \"\(revision)\"}"
            }
            return line.hasPrefix("probe: ") && !hasProbe ? nil : String(line)
        }.joined(separator: "\n")
    }

    /// A project whose small rack has a BMC called "Acme BMC-9", revision 2.0, which reads "BUSBAR-BMC-1" in its register.
    private static func acme() throws -> Workplace {
        let place = try Workplace()
        try place.becomeProject()
        try place.write(bmc("acme-bmc-9", "Acme", "BMC-9", "2.0"), as: "Firmware-specs/acme-bmc-9.yaml")
        try place.write(
            Texts.scenario().replacing("spec: busbar-bmc-1", with: "spec: acme-bmc-9"), as: "small.yaml")
        return place
    }

    @Test func `a device is told by what its probe reads, and by its name`() throws {
        try Self.asking(["--unit", "48"]) { call in
            #expect(call.status == 0, "\(call.error)")
            #expect(call.firstLine.hasSuffix(": Busbar BMC-1, revision 1.0"))
            let matches = call.outputLines.filter { $0.hasPrefix("  match") }
            #expect(matches.count == 1 && matches.allSatisfy { $0.contains("busbar-bmc-1") })
        }
    }

    @Test func `a device of another type than the one named is told with the type that it is of`() throws {
        try Self.asking(["busbar-pm-1", "--unit", "48"]) { call in
            #expect(call.status == 1)
            #expect(call.error.hasPrefix("busbar-pm-1: expected \"BUSBAR-PM-1\" in product at 64, found "))
            #expect(
                call.error.contains("it is a busbar-bmc-1: name that in the rack, or put a busbar-pm-1 in its place"))
        }
    }

    @Test func `a spec with mistakes is left out, and said to be; the others are asked for`() throws {
        let asker = try Workplace()
        try asker.becomeProject()
        let broken = try Self.bmc("broken", "Acme", "BMC-8").replacing("type: u16", with: "type: u17")
        try asker.write(broken, as: "Firmware-specs/broken.yaml")
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        try Self.asking([["--unit", "48"], ["broken", "--unit", "48"]], of: place, from: asker) { calls in
            #expect(calls[0].status == 0, "\(calls[0].error)")
            #expect(calls[0].outputLines.contains { $0.hasPrefix("  match") && $0.contains("busbar-bmc-1") })
            #expect(calls[0].error.contains("Firmware-specs/broken.yaml is left out, it has "))
            #expect(calls[1].status == 65)
        }
    }

    @Test func `where nobody answers, that is told, with the reason`() throws {
        let place = try Workplace()
        let silent = try place.busbar("spec", "identify", "--at", "tcp:127.0.0.1:9", "--unit", "1", "--timeout", "100")
        #expect(silent.status == 74)
        #expect(silent.error.contains("unit 1 at 127.0.0.1:9: no answer within 100 ms"))
        #expect(try place.busbar("spec", "identify", "--at", "nowhere", "--unit", "1").status == 64)
        #expect(try place.busbar("spec", "identify", "--at", "tcp:127.0.0.1:9", "--unit", "0").status == 64)
    }

    @Test
    func `a type without a probe is told by the name of function 43/14, and a shipped one's probe is contradicted`()
        throws
    {
        let place = try Self.acme()
        try Self.asking([["--unit", "48"], ["acme-bmc-9", "--unit", "48"]], of: place, from: place) { calls in
            for call in calls {
                #expect(call.status == 0, "\(call.error)")
                #expect(
                    call.outputLines.contains(
                        "  match   acme-bmc-9                function 43/14 tells its name, Acme BMC-9; it has no probe"
                    ),
                    "\(call.output)")
                let clone = try #require(call.outputLines.first { $0.hasPrefix("  match   busbar-bmc-1 ") })
                #expect(clone.contains("product at 96 reads \"BUSBAR-BMC-1\"; but by function 43/14 the vendor is"))
                #expect(clone.hasSuffix("is \"Acme\", not \"Busbar\" and the product is \"BMC-9\", not \"BMC-1\""))
            }
        }
    }

    @Test func `a name that is another's denies the type, a revision does not`() throws {
        let place = try Self.acme()
        let asker = try Workplace()
        try asker.write(Self.bmc("other-vendor", "Apex", "BMC-9"), as: "other-vendor.yaml")
        try asker.write(Self.bmc("other-product", "Acme", "BMC-8"), as: "other-product.yaml")
        try asker.write(Self.bmc("no-vendor", "unknown", "BMC-9", "unknown"), as: "no-vendor.yaml")
        try asker.write(Self.bmc("older", "Acme", "BMC-9", "1.9"), as: "older.yaml")
        let named = try Self.bmc("named", "Acme", "BMC-9", hasProbe: true).replacing("BUSBAR-BMC-1", with: "ACME-BMC-9")
        try asker.write(named, as: "named.yaml")
        let names = ["other-vendor", "other-product", "no-vendor", "older", "named"]
        try Self.asking(names.map { ["\($0).yaml", "--unit", "48"] }, of: place, from: asker) { calls in
            #expect(calls.map(\.status) == [1, 1, 0, 0, 1])
            #expect(calls[0].error.contains("by function 43/14 the vendor is \"Acme\", not \"Apex\"; it has no probe"))
            #expect(
                calls[1].error.contains(
                    "the product is \"BMC-9\", not \"BMC-8\"; it has no probe; it is a busbar-bmc-1"))
            #expect(calls[2].output.contains("function 43/14 tells its name, BMC-9; it has no probe\n"))
            #expect(calls[3].output.contains("Acme BMC-9 (revision 2.0, where the spec has 1.9); it has no probe\n"))
            #expect(
                calls[4].error.contains(
                    "found \"BUSBAR-BMC-1\"; but function 43/14 tells its name, Acme BMC-9; it is a busbar-bmc-1"))
        }
    }

    @Test func `an imported map is told by its product`() throws {
        let place = try Workplace()
        try place.becomeProject()
        try place.write(
            """
            {"name": "VALVE_7", "address_range": [[12, 13]], "probe_register": 16, "baudrate": 115200, "parity": "EVEN",
             "registers": [{"begin": 16, "length": 1, "format": "INTEGER", "name": "Position"}]}

            """, as: "valve.json")
        let imported = try place.busbar("spec", "import", "valve.json")
        #expect(imported.status == 0, "\(imported.error)")
        try place.write(imported.output, as: "Firmware-specs/valve-7.yaml")
        let scenario = Texts.scenario().replacing(
            "duration: 2 s", with: "  devices: [{name: valve, spec: valve-7, bus: net, first-unit: 12}]\nduration: 2 s")
        try place.write(scenario, as: "small.yaml")
        try Self.asking([["valve-7", "--unit", "12"]], of: place, from: place) { calls in
            #expect(calls[0].status == 0, "\(calls[0].error)")
            #expect(calls[0].output.contains("  match   valve-7"))
            #expect(calls[0].output.contains("function 43/14 tells its name, VALVE_7; it has no probe"))
        }
    }
}
