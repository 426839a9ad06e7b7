import DeviceSpecs
import Scenario
import ScenarioFiles
import Testing
import YAMLReading

/// Where a rack's buses and devices are met outside the simulation.
@Suite struct EndpointTests {
    private func load(_ changes: [(String, String)]) throws -> (RackDefinition?, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        let text = changes.reduce(Project.rack) { $0.changing($1.0, to: $1.1) }
        try project.write(text, to: "Racks/small.yaml")
        let path = "\(project.root)/Racks/small.yaml"
        let (rack, problems) = RackFile.loadForControl(path: path, files: project.files)
        return (rack?.definition, problems)
    }

    private static let line = ("parity: even}}", "parity: even}, at: rtu:/dev/ttyUSB0}")
    private static let net = ("{latency: 1 ms}}", "{latency: 1 ms}, at: tcp:10.0.0.9}")

    @Test func `a line takes its settings from the bus, and a gateway the standard port`() throws {
        let (loaded, problems) = try load([Self.line, Self.net])
        #expect(problems == [])
        let rack = try #require(loaded)
        let line = BusEndpoint.serial(path: "/dev/ttyUSB0", baud: 115_200, parity: .even, stopBits: 1)
        #expect(rack.buses.map(\.endpoint) == [line, .tcp(host: "10.0.0.9", port: 502)])
        #expect(rack.devices.first { $0.path == "tray-2/monitor" }?.endpoint == line)
        #expect(rack.devices.first { $0.path == "tray-2/bmc" }?.endpoint == .tcp(host: "10.0.0.9", port: 502))
    }

    @Test func `a line may be set otherwise than in the simulation, and stand behind a gateway`() throws {
        let (pseudo, none) = try load([
            ("parity: even}}", "parity: even}, at: \"rtu:/tmp/shelf,19200,none\"}"), Self.net,
        ])
        #expect(none == [])
        #expect(
            try #require(pseudo).buses[0].endpoint
                == .serial(path: "/tmp/shelf", baud: 19_200, parity: .none, stopBits: 2))
        let (echoing, neither) = try load([
            ("parity: even}}", "parity: even}, at: \"rtu:/dev/ttyUSB0,echo\"}"), Self.net,
        ])
        #expect(neither == [])
        #expect(try #require(echoing).buses[0].endpoint?.text == "rtu:/dev/ttyUSB0,115200,even,1,echo")
        let (gateway, nothing) = try load([
            ("parity: even}}", "parity: even}, at: \"tcp:[fe80::1]:1502\"}"), Self.net,
        ])
        #expect(nothing == [])
        #expect(try #require(gateway).buses[0].endpoint == .tcp(host: "fe80::1", port: 1502))
    }

    @Test(arguments: [
        ("\"10.0.0.{n+20}:1502\"", ["10.0.0.21", "10.0.0.22"]),
        ("[10.0.0.5:1502, tcp:bmc-b:1502]", ["10.0.0.5", "bmc-b"]),
        ("\"bmc-{n}{m+6}:1502\"", ["bmc-17", "bmc-27"]),
    ])
    func `devices may have addresses of their own`(at: String, hosts: [String]) throws {
        let (loaded, problems) = try load([Self.line, ("first-unit: 48}", "first-unit: 48, at: \(at)}")])
        #expect(problems == [])
        let endpoints = try #require(loaded).devices.filter { $0.path.hasSuffix("/bmc") }.map(\.endpoint)
        #expect(endpoints == hosts.map { .tcp(host: $0, port: 1502) })
    }

    @Test func `a rack without places is good for a run, and for control it misses them all`() throws {
        let project = try Project()
        defer { project.remove() }
        let path = "\(project.root)/Racks/small.yaml"
        #expect(RackFile.load(path: path, files: project.files).1 == [])
        let problems = RackFile.loadForControl(path: path, files: project.files).1
        #expect(problems.map { "\($0.line):\($0.column)" } == ["6:5", "7:5"])
        #expect(problems[0].text.contains("expected \"at\" for the bus \"line\", found none; add the serial device"))
        #expect(problems[1].text.contains("found none for tray-1/bmc (and 1 more); add at: tcp:HOST:PORT here"))
    }

    static let mistakes: [Mistake] = [
        Mistake("rtu:/dev/ttyUSB0", "/dev/ttyUSB0", "6:57", "expected a place such as tcp:10.0.0.7:502 or rtu:"),
        Mistake("rtu:/dev/ttyUSB0", "\"rtu:/dev/ttyUSB0,fast\"", "6:57", "expected rtu:DEVICE[,BAUD,PARITY,STOPBITS]"),
        Mistake("rtu:/dev/ttyUSB0", "tcp:10.0.0.8:99999", "6:57", "expected tcp:HOST:PORT with a port from 1"),
        Mistake(
            "tcp:10.0.0.9", "rtu:/dev/ttyUSB1", "7:43", "the bus has a connection per device, and a serial line one"),
        Mistake(
            "first-unit: 16}", "first-unit: 16, at: 10.0.0.1}", "17:56",
            "a device on the serial line \"line\" has no address of its own; say \"at\" for the bus"),
        Mistake(
            "first-unit: 48}", "first-unit: 48, at: [10.0.0.1]}", "18:52",
            "expected one address for each device, found none for tray-2/bmc"),
        Mistake(
            "first-unit: 48}", "first-unit: 48, at: \"10.0.0.{k}:502\"}", "18:52",
            "expected HOST:PORT such as 10.0.0.7:502"),
        Mistake(
            "  - {name: net,", "  - {name: spare, rtu: {baud: 9600}, at: rtu:/dev/ttyUSB0}\n  - {name: net,", "7:42",
            "the serial device /dev/ttyUSB0 is taken by the bus \"line\""),
        Mistake(
            "  - {name: net,",
            "  - {name: far, tcp: {latency: 1 ms}, at: tcp:10.0.0.9}\n  - {name: net,", "", ""),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a place is told once, with its remedy`(mistake: Mistake) throws {
        let problems = try load([Self.line, Self.net, (mistake.old, mistake.new)]).1
        // Two buses may share a gateway as long as their units differ.
        #expect(problems.count == (mistake.text.isEmpty ? 0 : 1), "\(problems)")
        guard let problem = problems.first else { return }
        #expect("\(problem.line):\(problem.column)" == mistake.place, "\(problem)")
        #expect(problem.text.contains(mistake.text), "\(problem)")
    }

    @Test func `two devices at one address are told by name, whatever their buses`() throws {
        let problems = try load([
            ("parity: even}}", "parity: even}, at: tcp:10.0.0.9:502}"), Self.net,
            ("bus: net, first-unit: 48", "bus: net, units: [80, 81]"),
            ("spec: bmc", "spec: any"),
        ]).1
        #expect(problems.count == 1, "\(problems)")
        #expect(
            problems[0].text.contains(
                "unit 80 of tray-1/fans is taken at tcp:10.0.0.9:502 by tray-1/bmc (and 1 more)"), "\(problems)")
    }

    @Test func `what is mistaken is told in one pass`() throws {
        let problems = try load([
            ("parity: even}}", "parity: even}, at: \"rtu:\"}"), ("first-unit: 48}", "first-unit: 48, at: \"{n}:x\"}"),
        ]).1
        #expect(problems.map(\.line) == [6, 18], "\(problems)")
    }
}
