import Foundation
import Testing

@Suite struct SpecTests {
    @Test func `pages are written for all devices, with a list by class`() throws {
        let place = try Workplace()
        let call = try place.busbar("spec", "doc", "--out", "pages")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.firstLine.hasSuffix("pages in pages"))
        let index = try place.text("pages/README.md")
        #expect(index.contains("## power-monitor\n") && index.contains("[busbar-pm-1](busbar-pm-1.md)"))
        // Without a page of its class, none is linked to.
        #expect(!(try place.text("pages/busbar-pm-1.md").contains("classes/")))
        let specs = try FileManager.default.contentsOfDirectory(atPath: Workplace.packageRoot + "/Firmware-specs")
        let pages = try FileManager.default.contentsOfDirectory(atPath: place.path("pages"))
        #expect(Set(pages) == Set(specs.map { $0.replacing(".yaml", with: ".md") } + ["README.md"]))
    }

    @Test(arguments: ["c", "csv", "rackmon", "phosphor", "telegraf", "modbus-exporter", "pymodbus"])
    func `a device is exported in each form, and losses go to the error stream`(form: String) throws {
        let place = try Workplace()
        let call = try place.busbar("spec", "export", "busbar-pm-1", "--format", form)
        #expect(call.status == 0)
        // The device by its name in each form but the table, which has its points alone.
        #expect(call.output.lowercased().contains(form == "csv" ? "input-voltage" : "pm"))
        #expect(call.errorLines.allSatisfy { $0.hasPrefix("note: ") })
        #expect(call.errorLines.isEmpty == ["c", "csv"].contains(form))
    }

    @Test func `a place is taken by the forms that name one, and must be one`() throws {
        let place = try Workplace()
        let named = try place.busbar(
            "spec", "export", "busbar-pm-1", "--format", "telegraf", "--at", "10.0.0.9:1502", "--unit", "20")
        #expect(named.output.contains("controller = \"tcp://10.0.0.9:1502\"") && named.output.contains("slave_id = 20"))
        for wrong in [
            ["--at", "nowhere"], ["--at", ":502"], ["--at", "host:0"], ["--unit", "0"],
            ["--format", "csv", "--unit", "3"],
        ] {
            let process = try place.prepared(["spec", "export", "busbar-pm-1", "--format", "telegraf"] + wrong)
            try process.run()
            #expect(try place.outcome(of: process).status == 64, "\(wrong)")
        }
    }
}
