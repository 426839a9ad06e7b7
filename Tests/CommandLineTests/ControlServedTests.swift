import Foundation
import Testing

/// `busbar control` on a rack that `busbar serve` serves beside it.
@Suite struct ControlServedTests {
    /// The rack of `Texts`, served, and the same as `control.yaml` with the places where it is served.
    private func served(in place: Workplace) throws -> Served {
        try place.write(Texts.scenario(), as: "small.yaml")
        let served = try Served(place, ["--bus", "line=tcp:0", "--bus", "net=tcp:0"])
        let line = try served.outputLine("ready bus=line at=")
        let net = try served.outputLine("ready bus=net at=")
        let text = Texts.scenario().replacing("parity: even}}", with: "parity: even}, at: \"tcp:\(line)\"}")
            .replacing("jitter: 500 us}}", with: "jitter: 500 us}, at: \"tcp:\(net)\"}")
        try place.write(text, as: "control.yaml")
        return served
    }

    @Test func `a budget file that is bad at the start raises no alarm about devices that were not asked yet`() throws {
        let place = try Workplace()
        let rack = try served(in: place)
        try place.write("lots\n", as: "budget")
        let call = try place.busbar(
            "control", "control.yaml", "--out", "controlled", "--budget", "8kW", "--budget-file", "budget", "--for",
            "6s")
        #expect(call.status == 0)
        #expect(
            call.errorLines.filter { $0.contains("safe state:") }.map { $0.drop { $0 != " " } } == [
                " safe state: 2 of 2 devices took it"
            ])
        #expect(!call.error.contains("below the sum"))
        _ = rack.end(by: SIGTERM)
    }

    @Test func `signals in close succession leave the safe state, and the result`() throws {
        let place = try Workplace()
        let rack = try served(in: place)
        let control = try place.prepared(["control", "control.yaml", "--out", "controlled", "--budget", "8kW"])
        let output = Pipe()
        control.standardOutput = output
        try control.run()
        let ready = try #require(Wire.read(output.fileHandleForReading.fileDescriptor))
        #expect(String(decoding: ready, as: UTF8.self).hasPrefix("ready rack="))
        for signal in [SIGTERM, SIGCONT, SIGINT] { kill(control.processIdentifier, signal) }
        control.waitUntilExit()
        #expect(control.terminationReason == .exit && control.terminationStatus != 130)
        #expect(place.exists("controlled/result.json"))
        #expect(try place.text("controlled/events.jsonl").contains("safe state: "))
        _ = rack.end(by: SIGTERM)
    }
}
