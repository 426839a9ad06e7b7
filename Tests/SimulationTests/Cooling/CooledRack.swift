import Scenario

@testable import Simulation

/// Two liquid-cooled trays on a loop of two pumps, and an air-cooled switch tray before a fan wall.
enum CooledRack {
    static func rack(
        pumpUnit: String = "busbar-rpu-1", unit: Int = 232, zones: String = "", branchValves: Bool = true,
        coolingLine: String = ""
    ) -> String {
        let line = coolingLine.isEmpty ? "{baud: 115200, parity: even}" : coolingLine
        return """
            rack:
              rack: cooled
              coolant: 30 degC
              feeds:
                - {name: feed-a, voltage: 400 V, breaker: {rated: 40 A, curve: very-inverse}}
              buses:
                - {name: shelf, rtu: {baud: 115200, parity: even}}
                - {name: trays, rtu: {baud: 115200, parity: even}}
                - {name: cooling, rtu: \(line)}
                - {name: net, tcp: {latency: 1 ms, jitter: 500 us}}
              shelves:
                - name: shelf-1
                  feed: feed-a
                  supplies: {count: 4, rated: 5.5 kW, spec: psu-orv3-hpr, bus: shelf, first-unit: 208}
              trays:
                - name: tray-{n}
                  count: 2
                  cooling: liquid
                  accelerators: {model: b200, count: 4, rated-power: 1.2 kW}
                  host: {idle: 500 W, maximum: 1.2 kW}
                  thermal: {die: 0.012 K/W, sink: 0.02 K/W, flow: 0.156 kg/s}
                  floor: 3.6 kW
                  monitor: {spec: busbar-pm-1, bus: trays, first-unit: 16}
                  bmc: {spec: busbar-bmc-1, bus: net, first-unit: 48}
                  leak-sensor: {spec: busbar-leak-1, bus: trays, first-unit: 192}
                - name: switch-1
                  cooling: air
                  host: {idle: 600 W, maximum: 900 W}
                  floor: 900 W
                  priority: 2
                  monitor: {spec: busbar-pm-1, bus: trays, first-unit: 20}
                  bmc: {spec: busbar-bmc-1, bus: net, first-unit: 60}
              devices:
                - {name: wall, spec: busbar-fan-1, bus: trays, first-unit: 80}
                - {name: cdu, spec: \(pumpUnit), bus: cooling, first-unit: \(unit)}
                - {name: pan, spec: busbar-leak-1, bus: trays, first-unit: 206}
              cooling:
                fan-wall: {count: 4, speed: 12000 rpm, flow: 60 CFM, idle-power: 2 W, cubic-power: 38 W}
                loop:
                  pumps: {count: 2, speed: 5000 rpm}
                  exchanger: {heat: 9.6 kW, approach: 4 K, facility: 25 degC, valve-travel: 60 s}
                  reservoir: {capacity: 4 L, circuit: 4 L, level: 90 %}
                  branch-valves: \(branchValves)
            \(zones)
            """
    }

    static func run(
        _ duration: String, rack: String = rack(), workload: String = "{constant: 90 %}", events: [String] = []
    ) throws -> RackSimulation {
        RackSimulation(
            try SmallRack.scenario(
                duration: duration, rack: rack, workload: workload,
                controller: "{law: three-band, budget: 16 kW}", events: events))
    }
}
