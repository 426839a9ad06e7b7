import Foundation
import Testing

/// `busbar swarm` and `busbar falsify`, called as a user calls them, on a rack of two trays.
struct SwarmTests {
    private let place: Workplace

    init() throws { place = try Workplace() }

    private func scenario(law: String = "three-band", extra: String = "") throws -> String {
        let text = """
            # A small rack.
            parameters:
              load: {default: 80 %, range: [40 %, 100 %], says: load}
            rack:
              rack: small
              feeds:
                - {name: feed-a, voltage: 400 V, breaker: {rated: 16 A, curve: very-inverse}}
              buses:
                - {name: shelf, rtu: {baud: 115200, parity: even}}
                - {name: trays, rtu: {baud: 115200, parity: even}}
                - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
              shelves:
                - name: shelf-1
                  feed: feed-a
                  supplies: {count: 5, rated: 1.2 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}
              trays:
                - name: tray-{n}
                  count: 2
                  accelerators: {model: h20, count: 4}
                  host: {idle: 350 W, maximum: 700 W}
                  fans: {count: 4}
                  floor: 1.7 kW
                  monitor: {spec: busbar-pm-1, bus: trays, first-unit: 16}
                  bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
                  fan-controller: {spec: busbar-fan-1, bus: trays, first-unit: 80}
            duration: 9 s
            workload: {constant: $load}
            controller: {law: \(law), budget: 4.4 kW}
            swarm: {duration: 14 s, faults: {most: 2, from: 7 s, healed-by: 9 s}, settles: {within: 3 s}}
            expect:
              - always: rack.power <= 4.4 kW
                from: 5 s
            \(extra)
            """
        try place.write(text, as: "small.yaml")
        return "small.yaml"
    }

    @Test func `a swarm gives one verdict however many jobs share it and however often it is interrupted`() throws {
        let file = try scenario()
        let one = try place.busbar("swarm", file, "--seeds", "6", "--jobs", "1", "--out", "one")
        #expect(one.status == 0, "\(one.error)")
        #expect(one.output.contains("held     every rule in every run"))
        let many = try place.busbar("swarm", file, "--seeds", "6", "--jobs", "3", "--out", "many")
        #expect(many.digest == one.digest)
        _ = try place.busbar("swarm", file, "--seeds", "2", "--out", "parts")
        let rest = try place.busbar("swarm", file, "--seeds", "6", "--out", "parts")
        #expect(rest.error.contains("2 runs are done already"))
        #expect(rest.digest == one.digest)
    }

    @Test func `a swarm does not go on with another scenario`() throws {
        let file = try scenario()
        #expect(try place.busbar("swarm", file, "--seeds", "1", "--out", "out").status == 0)
        let other = try place.busbar("swarm", file, "--seeds", "1", "--out", "out", "--set", "controller.period=200ms")
        #expect(other.status == 74)
        #expect(other.error.contains("it is of another scenario"))
        #expect(other.error.contains("--restart"))
        let anew = try place.busbar(
            "swarm", file, "--seeds", "1", "--out", "out", "--set", "controller.period=200ms", "--restart")
        #expect(anew.status == 0, "\(anew.error)")
    }

    @Test func `a state that is none is told, and left alone`() throws {
        let file = try scenario()
        #expect(try place.busbar("swarm", file, "--seeds", "1", "--out", "out").status == 0)
        try place.write("{}", as: "out/swarm.json")
        let call = try place.busbar("swarm", file, "--seeds", "1", "--out", "out")
        #expect(call.status == 74)
        #expect(call.error.contains("not the state of a swarm"))
        #expect(try place.text("out/swarm.json") == "{}")
    }

    @Test func `a breach is told with the line that repeats it, and shrunk to a scenario that fails by itself`() throws
    {
        let file = try scenario(law: "none")
        let call = try place.busbar("swarm", file, "--seeds", "2", "--out", "out")
        #expect(call.status == 1, "\(call.error)")
        #expect(call.error.contains("busbar swarm small.yaml --seed 1"))
        let small = "out/caps-fit-what-the-next-failure-leaves-1.yaml"
        #expect(call.output.contains("made small: \(small)"))
        let run = try place.busbar("run", small, "--out", "again")
        #expect(run.status == 1, "\(run.error)")
        #expect(run.output.contains("FAILED     check  caps fit what the next failure leaves"))
    }

    @Test func `a replayed seed says its schedule and leaves a scenario with the same digest`() throws {
        let file = try scenario()
        let replay = try place.busbar("swarm", file, "--seed", "3", "--out", "seed")
        #expect(replay.status == 0, "\(replay.error)")
        #expect(replay.output.contains("  trouble  {at: "))
        #expect(place.exists("seed/report.html"))
        let run = try place.busbar("run", "seed/scenario.yaml", "--out", "again")
        #expect(run.digest == replay.digest)
    }

    @Test func `a swarm that cannot be is refused with all its mistakes`() throws {
        let file = try scenario(extra: "safety: {healed-by: soon}\nseed: first")
        let call = try place.busbar("swarm", file, "--seeds", "1", "--out", "out")
        #expect(call.status == 65)
        #expect(call.error.contains("expected a time"))
        #expect(call.error.contains("expected a whole number"))
        #expect(!place.exists("out"))
        #expect(try place.busbar("swarm", file, "--seeds", "0").status == 64)
    }

    @Test func `falsify prints the worst case, the line that repeats it, and fails when it fails`() throws {
        let file = try scenario()
        let call = try place.busbar("falsify", file, "--runs", "8")
        #expect(call.status == 0, "\(call.output)\(call.error)")
        #expect(call.output.contains("worst case"))
        #expect(call.output.contains("  busbar run small.yaml --seed 1 --set 'load="))
        #expect(try place.busbar("falsify", file, "--runs", "8").output == call.output)
        let none = try place.busbar("falsify", file, "--runs", "8", "--set", "controller.law=none")
        #expect(none.status == 1)
        #expect(none.output.contains("  FAILED  "))
        // A single run at 44 % holds; the table around it finds what does not, and nothing printed is worse than the worst.
        let short = try place.busbar(
            "falsify", file, "--runs", "1", "--set", "controller.law=none", "--vary", "load=10%..100%")
        #expect(short.status == 1 && short.output.contains("  load = 100 %"), "\(short.output)")
    }

    @Test func `falsify without anything to vary says what to do`() throws {
        let file = try scenario()
        let call = try place.busbar("falsify", file, "--set", "load=50%")
        #expect(call.status == 65)
        #expect(call.error.contains("--vary path=lo..hi"))
        #expect(try place.busbar("falsify", file, "--vary", "load=9").status == 64)
    }
}
