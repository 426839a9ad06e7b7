/// Scenarios on a rack small enough for a debug build: one shelf of two supplies, one tray, one line.
enum Texts {
    static func scenario(
        duration: String = "2 s", workload: String = "{constant: $load}", budget: String = "8 kW",
        holds: String = "rack.power <= 8 kW"
    ) -> String {
        """
        # A small rack works for a moment: what the command line makes of it is the point.
        rack:
          feeds: [{name: feed-a, voltage: 415 V, power-factor: 0.99, breaker: {rated: 40 A, curve: very-inverse, magnetic: 7}}]
          buses: [{name: line, rtu: {baud: 115200, parity: even}}, {name: net, tcp: {latency: 1 ms, jitter: 500 us}}]
          shelves:
            - {name: shelf-1, feed: feed-a, supplies: {count: 2, rated: 5.5 kW, spec: psu-orv3-hpr, bus: line, first-unit: 208}}
          trays:
            - name: tray-1
              cooling: air
              accelerators: {model: h20, count: 8}
              host: {idle: 350 W, maximum: 700 W}
              fans: {count: 6, speed: 12000 rpm, flow: 120 CFM, idle-power: 2 W, cubic-power: 38 W}
              floor: 2.6 kW
              monitor: {spec: busbar-pm-1, bus: line, first-unit: 16}
              bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
              fan-controller: {spec: busbar-fan-1, bus: line, first-unit: 80}
        duration: \(duration)
        parameters: {load: {default: 60 %, range: [0 %, 100 %], says: load of every accelerator}}
        workload: \(workload)
        controller: {law: three-band, redundancy: N, period: 100 ms, budget: \(budget)}
        events: [{at: 1 s, fail: shelf-1/psu-2}]
        expect:
          - always: \(holds)
          - never: feed-a/breaker.tripped

        """
    }

    /// Thirteen mistakes, none of which hides another.
    static let manyMistakes = """
        # Everything is wrong here.
        rack: air-cooled-46
        duration: 5 min
        colour: red
        parameters: {demand: {default: 190 %, range: [0 %, 100 %], says: mean}}
        workload: {inference: {trace: brusty, demand: $demnad}}
        controller: {law: three-hand, period: 100 W, budget: 27 V}
        events:
          - {at: 2 min, fial: shelf-1/psu-3}
          - {at: 20 min, fail: shelf-1/psu-9}
        expect:
          - nevr: feed-a/breaker.tripped
          - always: rack.powr <= rack.budget
          - {at: 2 min, within: 2 s, holds: rack.power <= 22 degC, for: 10 s}

        """

    static let spec = """
        # Two points at one address, one scale of nothing, one unknown signal.
        device: power-monitor
        model: overlapping
        identity: {vendor: V, product: P, revision: "1"}
        serial: {baud: 115200, parity: even, turnaround: 2 ms, units: [16-47]}
        points:
          - {name: input-voltage, at: 0x00, type: u16, scale: 10 mV, signal: voltage}
          - {name: input-power, at: 0x00, type: u32, scale: 0 W, signal: power}
          - {name: input-current, at: 0x10, type: u16, scale: 1 mA, signal: curent}

        """
}
