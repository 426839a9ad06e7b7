import Foundation
import Testing

/// `busbar run --over`: one scenario in virtual time and over the machine's own sockets and lines.
@Suite struct TwoWorldsTests {
    private static let events = "events: [{at: 1 s, fail: shelf-1/psu-2}]"

    /// The supply fails when the controller has met all devices, and the operator asks for less than is drawn.
    private func write(into place: Workplace, holds: String = "rack.power <= 8 kW") throws {
        let text = Texts.scenario(duration: "6 s", holds: holds)
        try #require(text.contains(Self.events))
        try place.write(
            text.replacing("default: 60 %", with: "default: 100 %").replacing(
                Self.events,
                with: "events: [{at: 2 s, fail: shelf-1/psu-2}, {at: 3 s, set: {budget: 3 kW}}]"),
            as: "small.yaml")
    }

    private func object(_ data: Data) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test(arguments: ["tcp", "pty"])
    func `both worlds come to the same verdicts, and the differences are told`(over: String) throws {
        let place = try Workplace()
        try write(into: place)
        let virtual = try place.busbar("run", "small.yaml", "--quiet", "--out", "virtual")
        let call = try place.busbar("run", "small.yaml", "--over", over)
        #expect(call.status == 0, "\(call.output)\(call.error)")
        #expect(call.digest != nil && call.digest == virtual.digest)
        #expect(call.output.contains("in virtual time and over \(over): all 7 verdicts equal"))
        #expect(call.outputLines.contains { $0.hasPrefix("  tray-1.cap ") && $0.contains(" rms ") })

        let folder = "runs/small-over-\(over)"
        let result = try object(place.data("\(folder)/result.json"))
        #expect(result["command"] as? String == "busbar run small.yaml --seed 1 --over \(over)")
        let comparison = try #require(result["comparison"] as? [String: Any])
        #expect(comparison["over"] as? String == over && comparison["equal"] as? Bool == true)
        #expect(comparison["virtualDigest"] as? String == virtual.digest)
        #expect((comparison["verdicts"] as? [Any])?.count == 7)
        let signals = try #require(comparison["signals"] as? [[String: Any]])
        let paths = Set(signals.compactMap { $0["path"] as? String })
        #expect(paths.isSuperset(of: ["rack.power", "rack.budget", "bus.voltage", "rack.hottest", "tray-1.cap"]))
        #expect(try place.text("\(folder)/report.html").contains("<h2>The two worlds</h2>"))
        #expect((result["realtime"] as? [String: Any])?["cycles"] as? Int ?? 0 > 10)
    }

    /// What is said of the controller is said by the one on the sockets; the operator's word reaches it there.
    @Test func `the controller on the sockets feeds the signals, and hears the operator`() throws {
        let place = try Workplace()
        try write(into: place)
        let call = try place.busbar("run", "small.yaml", "--over", "tcp", "--out", "out")
        #expect(call.status == 0, "\(call.error)")
        let result = try object(place.data("out/result.json"))
        let signals = try #require(result["signals"] as? [[String: Any]])
        func signal(_ path: String) -> [String: Any]? { signals.first { $0["path"] as? String == path } }
        #expect(signal("rack.budget")?["least"] as? Double ?? 9e9 <= 3000)
        #expect(signal("tray-1.asked-cap")?["least"] as? Double ?? 9e9 <= 3000)
        #expect(signal("tray-1.online")?["greatest"] as? Double == 1)
        let events = try #require(result["events"] as? [[String: Any]])
        #expect(events.contains { $0["source"] as? String == "controller" && $0["subject"] as? String == "tray-1/bmc" })
        let figures = try #require(result["figures"] as? [[String: Any]])
        let caps = figures.first { $0["name"] as? String == "caps written" }
        #expect(caps?["value"] as? Double ?? 0 > 0)
    }

    @Test func `a verdict that fails in either world makes exit code 1`() throws {
        let place = try Workplace()
        try write(into: place, holds: "rack.power <= 1 kW")
        let call = try place.busbar("run", "small.yaml", "--over", "tcp", "--for", "2s", "--quiet")
        #expect(call.status == 1)
        #expect(call.output == "digest \(call.digest ?? "")\n")
        let result = try object(place.data("runs/small-over-tcp/result.json"))
        #expect(result["duration"] as? Double == 2 && result["held"] as? Bool == false)
        #expect((result["comparison"] as? [String: Any])?["equal"] as? Bool == true)
    }

    @Test func `another world is no world`() throws {
        let place = try Workplace()
        try write(into: place)
        let call = try place.busbar("run", "small.yaml", "--over", "air")
        #expect(call.status == 64)
        #expect(call.error.contains("tcp") && call.error.contains("pty"))
        #expect(!place.exists("runs"))
    }
}
