import Foundation
import Testing

/// One file beside the scenario, no code, no rebuild, no write access to the program's own folder.
@Suite struct OwnSpecTests {
    private static func place(monitor: String = "./my-monitor.yaml") throws -> Workplace {
        let place = try Workplace()
        let shipped = Workplace.packageRoot + "/Firmware-specs/busbar-pm-1.yaml"
        let text = try String(contentsOfFile: shipped, encoding: .utf8)
        try place.write(text.replacing("model: busbar-pm-1", with: "model: my-monitor"), as: "my-monitor.yaml")
        try place.write(
            Texts.scenario().replacing("{spec: busbar-pm-1,", with: "{spec: \(monitor),"), as: "small.yaml")
        return place
    }

    @Test(arguments: [
        ["check", "small.yaml"], ["run", "small.yaml", "--out", "out"], ["compare", "--law", "static", "small.yaml"],
        ["explain", "small.yaml"], ["swarm", "small.yaml", "--seeds", "1"], ["spec", "show", "./my-monitor.yaml"],
    ])
    func `every command finds it from another folder`(arguments: [String]) throws {
        let place = try Self.place()
        let asker = try Workplace()
        let here = arguments.map { argument in
            argument.hasSuffix(".yaml") ? place.path(argument.replacing("./", with: "")) : argument
        }
        let process = try asker.prepared(here)
        try process.run()
        let call = try asker.outcome(of: process)
        // A swarm of so small a rack may find something; what it must not find is a mistake.
        #expect(call.status == 0 || arguments[0] == "swarm" && call.status == 1, "\(call.error)")
    }

    @Test func `it is the same device under another name: the run has the digest of the shipped one`() throws {
        let own = try Self.place().busbar("run", "small.yaml", "--quiet")
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let shipped = try place.busbar("run", "small.yaml", "--quiet")
        #expect(own.status == 0 && own.digest != nil)
        #expect(own.digest == shipped.digest)
    }

    @Test func `serve answers from it`() throws {
        let place = try Self.place()
        let served = try Served(place, ["--bus", "net=tcp:0", "--bus", "line=tcp:0"])
        let address = try served.outputLine("ready bus=line at=")
        let identified = try place.busbar(
            "spec", "identify", "./my-monitor.yaml", "--at", "tcp:\(address)", "--unit", "16")
        #expect(identified.status == 0, "\(identified.error)")
        #expect(served.end(by: SIGINT) != 74)
    }

    @Test func `control reads it from a rack file, and tells a missing one`() throws {
        let place = try Workplace()
        let shipped = try String(contentsOfFile: Workplace.packageRoot + "/Racks/air-cooled-64.yaml", encoding: .utf8)
        let spec = try String(
            contentsOfFile: Workplace.packageRoot + "/Firmware-specs/busbar-pm-1.yaml", encoding: .utf8)
        try #require(shipped.contains("busbar-pm-1"))
        try place.write(shipped.replacing("busbar-pm-1", with: "./my-monitor.yaml"), as: "rack.yaml")
        let missing = try place.busbar("control", "rack.yaml", "--budget", "27.5kW")
        #expect(missing.status == 65)
        #expect(missing.error.contains("my-monitor.yaml cannot be read, there is no such file"))
        try place.write(spec.replacing("model: busbar-pm-1", with: "model: my-monitor"), as: "my-monitor.yaml")
        let small = try place.busbar("control", "rack.yaml", "--budget", "3 kW")
        // It has read the rack, and goes no further for want of a budget.
        #expect(small.error.contains("expected a budget of at least 19.6 kW"))
    }
}
