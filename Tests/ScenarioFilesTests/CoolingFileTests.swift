import Plant
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@Suite struct CoolingFileTests {
    /// The small rack with its trays on a loop, a switch before a wall, and two zones.
    private static let cooling = """
        devices:
          - {name: cdu, spec: pump, bus: line, first-unit: 10}
          - {name: wall, spec: fan, bus: line, first-unit: 90}
        cooling:
          fan-wall: {count: 4}
          loop:
            pumps: {count: 3, speed: 4800 rpm, shut-off: 200 kPa}
            pressure: 120 kPa
            exchanger: {heat: 2 kW, approach: 3 K, facility: 20 degC}
            reservoir: {capacity: 6 L, level: 80 %}
            branch-valves: true
          zones:
            - name: pumps
              drives: pumps
              tolerates: 1
              slew: {up: 10 %/s, down: 1 %/s}
              loops:
                - {input: accelerators, pid: {setpoint: 70 degC, proportional: 3 %/K, integral: 0.1 %/(K s)}}
                - {input: coolant-return, failsafe: 90 %, stepwise: {steps: [[40 degC, 40 %], [50 degC, 80 %]]}}
            - name: wall
              drives: fan-wall
              loops:
                - {input: hosts, pid: {setpoint: 60 degC}}

        """

    private static let switchTray = """
          - {name: switch-1, cooling: air, monitor: {spec: pm, bus: line, first-unit: 30}}

        """

    static var rack: String {
        Project.rack.changing("    fans: {count: 4}\n", to: "    cooling: liquid\n")
            .changing("    fan-controller: {spec: fan, bus: line, first-unit: 80}\n", to: "") + switchTray + cooling
    }

    private func load(_ text: String) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        try project.write(text, to: "Racks/cooled.yaml")
        return RackFile.load(path: "\(project.root)/Racks/cooled.yaml", files: project.files)
    }

    @Test func `a loop, a wall and zones are read as they stand`() throws {
        let (loaded, problems) = try load(Self.rack)
        let rack = try #require(loaded, "\(problems.map(\.description).joined(separator: "\n"))")
        let loop = try #require(rack.plant.cooling.loop)
        #expect(loop.pumps.count == 3 && loop.pumps.maximumSpeed == 4800 && loop.pumps.shutOffPressure == 200_000)
        #expect(loop.designPressure == 120_000 && loop.hasBranchValves)
        #expect(loop.exchanger.designHeat == 2000 && loop.exchanger.approach == 3)
        #expect(abs(loop.reservoir.capacity - 6 * Coolant.density) < 1e-12)
        #expect(rack.plant.cooling.fanWall?.count == 4)
        #expect(rack.zones.map(\.actuator) == [.pumps, .fanWall])
        #expect(rack.zones.map(\.trays) == [[0, 1], [2]])
        #expect(rack.zones[0].rise == .percent(10) && rack.zones[0].fall == .percent(1))
        #expect(rack.zones[0].loops[1].failsafe == .percent(90))
        guard case .pid(_, let proportional, let integral, 0) = rack.zones[0].loops[0].law else {
            Issue.record("expected a PID loop")
            return
        }
        #expect(proportional == 30_000 && integral == 1000)
    }

    @Test func `without a zone and a loop a rack is as it was`() throws {
        let (loaded, problems) = try load(Project.rack)
        let rack = try #require(loaded, "\(problems.map(\.description).joined(separator: "\n"))")
        #expect(rack.zones.isEmpty && rack.plant.cooling.loop == nil && rack.plant.cooling.fanWall == nil)
    }

    static let mistakes: [(old: String, new: String, text: String)] = [
        ("drives: pumps", "drives: pump", "expected one of \"fans\", \"fan-wall\", \"pumps\""),
        ("drives: fan-wall", "drives: pumps", "found a second for the pumps"),
        ("setpoint: 70 degC, ", "", "expected the key \"setpoint\""),
        ("input: hosts", "input: coolant-return", "a zone of fans looks at accelerators or hosts"),
        ("[50 degC, 80 %]", "[30 degC, 80 %]", "expected steps by rising temperature"),
        ("proportional: 3 %/K", "proportional: 3 %", "expected a duty per temperature such as \"2.5 %/K\""),
        ("{input: hosts, pid", "{input: hosts, ceiling: true, pid", "expected a loop that asks for a duty"),
        ("pid: {setpoint: 60 degC}", "pods: 3", "expected either \"pid\" or \"stepwise\" for a loop, found none"),
        ("shut-off: 200 kPa", "shut-off: 90 kPa", "no speed makes the design flow"),
        ("count: 3, speed", "count: 5, speed", "expected a whole number from 1 to 4"),
        ("  - {name: cdu, spec: pump, bus: line, first-unit: 10}\n", "", "expected a pump unit among the rack's"),
        ("  fan-wall: {count: 4}\n", "", "or a \"fan-wall\" in the rack's \"cooling\""),
        (
            "name: wall, spec: fan, bus", "name: \"w{n}\", count: 2, spec: fan, bus",
            "expected one fan controller for the rack's"
        ),
        ("capacity: 6 L", "capacity: 6 kg", "expected a volume such as \"8 L\""),
        ("tolerates: 1", "trays: [switch-1]", "expected a tray with liquid cooling, found \"switch-1\""),
    ]

    @Test(arguments: mistakes.indices) func `each mistake is told`(index: Int) throws {
        let mistake = Self.mistakes[index]
        let (rack, problems) = try load(Self.rack.changing(mistake.old, to: mistake.new))
        #expect(rack == nil)
        let told = problems.map(\.description).joined(separator: "\n")
        #expect(told.contains(mistake.text), "\(told)")
    }
}
