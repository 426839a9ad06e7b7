import Foundation
import Testing

@Suite struct IdentifyTests {
    /// Serves a small rack's network and asks the unit there.
    static func asking(_ arguments: [String], _ judge: (Call) throws -> Void) throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let served = try Served(place, ["--bus", "net=tcp:0"])
        let address = try served.outputLine("ready bus=net at=")
        let asker = try Workplace()
        let process = try asker.prepared(["spec", "identify"] + arguments + ["--at", "tcp:\(address)"])
        try process.run()
        try judge(try asker.outcome(of: process))
        #expect(served.end(by: SIGINT) != 74)
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

    @Test func `where nobody answers, that is told, with the reason`() throws {
        let place = try Workplace()
        let silent = try place.busbar("spec", "identify", "--at", "tcp:127.0.0.1:9", "--unit", "1", "--timeout", "100")
        #expect(silent.status == 74)
        #expect(silent.error.contains("unit 1 at 127.0.0.1:9: no answer within 100 ms"))
        #expect(try place.busbar("spec", "identify", "--at", "nowhere", "--unit", "1").status == 64)
        #expect(try place.busbar("spec", "identify", "--at", "tcp:127.0.0.1:9", "--unit", "0").status == 64)
    }
}
