import Foundation
import Testing

/// Racks, specs and accelerators are found from wherever the program is called.
@Suite struct ProjectTests {
    @Test func `a scenario of one's own, outside the project, may name a shipped rack`() throws {
        let place = try Workplace()
        try place.write(
            """
            # A scenario outside the project names a rack of the project.
            rack: air-cooled-64
            duration: 1 s
            workload: {constant: 50 %}
            controller: {law: three-band, period: 100 ms, budget: 27.5 kW}

            """, as: "own.yaml")
        let call = try place.busbar("check", "own.yaml")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.output == "own.yaml: good (31 devices on 3 buses, 0 events, 0 expectations)\n")
    }

    @Test func `the project that holds the scenario comes before the one that holds the program`() throws {
        let place = try Workplace()
        for folder in ["Racks", "Firmware-specs", "Scenarios/deep"] {
            try FileManager.default.createDirectory(atPath: place.path(folder), withIntermediateDirectories: true)
        }
        try place.write("# A rack that is not one.\nfeeds: []\n", as: "Racks/air-cooled-64.yaml")
        try place.write(
            "# It names a rack.\nrack: air-cooled-64\nduration: 1 s\n", as: "Scenarios/deep/own.yaml")
        let call = try place.busbar("check", "Scenarios/deep/own.yaml")
        #expect(call.status == 65)
        #expect(call.error.contains("Racks/air-cooled-64.yaml:2:8: expected at least a feed"))
    }

    @Test func `a root that holds no project is told with the places that were tried`() throws {
        let place = try Workplace()
        let process = try place.prepared(["list"])
        process.environment?["BUSBAR_ROOT"] = place.folder
        try process.run()
        let call = try place.outcome(of: process)
        #expect(call.status == 74)
        #expect(call.error.contains("set BUSBAR_ROOT to the folder that holds Scenarios/"))
    }

    @Test func `list tells what each scenario shows`() throws {
        let call = try Workplace().busbar("list")
        #expect(call.status == 0)
        for heading in ["Scenarios   (", "Racks   (", "Firmware-specs   (", "Accelerators   (", "Bills   ("] {
            #expect(call.output.contains(heading))
        }
        for group in ["  First steps", "  Overload and redundancy", "  Training swings", "  Bus trouble"] {
            #expect(call.outputLines.contains(group))
        }
        let line = try #require(call.outputLines.first { $0.hasPrefix("  first-light") })
        #expect(line.contains("loses a supply under load") && line.hasSuffix("."))
    }

    @Test func `the page of scenarios is what list writes`() throws {
        let call = try Workplace().busbar("list", "--markdown")
        let page = try String(contentsOfFile: Workplace.packageRoot + "/docs/scenarios.md", encoding: .utf8)
        #expect(call.output == page, "run: tools/busbar list --markdown >docs/scenarios.md")
        #expect(page.contains("### [first-light](../Scenarios/first-light.yaml)"))
    }

    @Test func `the shipped scenarios are good`() throws {
        let folder = Workplace.packageRoot + "/Scenarios"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
        let place = try Workplace()
        let process = try place.prepared(["check"] + names.map { folder + "/" + $0 })
        try process.run()
        let call = try place.outcome(of: process)
        #expect(call.status == 0, "\(call.error)")
        #expect(call.outputLines.count == names.count && names.count >= 5)
    }

    @Test func `specs are checked, shown, documented and exported by the name of their model`() throws {
        let place = try Workplace()
        #expect(try place.busbar("spec", "check").outputLines.count >= 4)
        #expect(try place.busbar("spec", "show", "busbar-pm-1").output.contains("input-power"))
        #expect(try place.busbar("spec", "doc", "busbar-pm-1").output.contains("| input-power"))
        #expect(try place.busbar("spec", "export", "busbar-pm-1", "--format", "c").output.contains("#define"))
        let rackmon = try place.busbar("spec", "export", "busbar-pm-1", "--format", "rackmon").output
        try place.write(rackmon, as: "map.json")
        let imported = try place.busbar("spec", "import", "map.json")
        #expect(imported.status == 0, "\(imported.error)")
        #expect(imported.output.contains("points:"))
    }

    @Test func `a spec with overlaps is told with every mistake, and an unknown model with the known ones`() throws {
        let place = try Workplace()
        try place.write(Texts.spec, as: "overlapping.yaml")
        let call = try place.busbar("spec", "check", "./overlapping.yaml")
        #expect(call.status == 65 && call.output.isEmpty)
        #expect(call.error.contains("./overlapping.yaml:8:29: expected free addresses"))
        #expect(call.error.contains("./overlapping.yaml:8:53: expected a scale above zero"))
        #expect(call.error.contains("./overlapping.yaml:9:") && call.errorLines.last == "3 mistakes")

        let unknown = try place.busbar("spec", "show", "busbar-pm-2")
        #expect(unknown.status == 74)
        #expect(unknown.error.hasSuffix("no such model; did you mean \"busbar-pm-1\"?\n"))
    }
}
