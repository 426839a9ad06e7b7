import DeviceSpecs
import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

@Suite struct ServedPlaceTests {
    @Test(arguments: [
        ("tcp:1502", ServedPlace(endpoint: .tcp(host: "127.0.0.1", port: 1502))),
        ("tcp:localhost:0", ServedPlace(endpoint: .tcp(host: "localhost", port: 0))),
        ("tcp:[::1]:502,pace=line", ServedPlace(endpoint: .tcp(host: "::1", port: 502), pace: .line)),
        ("rtu-over-tcp:0.0.0.0:65535", ServedPlace(endpoint: .rtuOverTCP(host: "0.0.0.0", port: 65_535))),
        ("pty", ServedPlace(endpoint: .pseudoTerminal(link: nil))),
        ("pty:/tmp/a:b,pace=unlimited", ServedPlace(endpoint: .pseudoTerminal(link: "/tmp/a:b"))),
        ("rtu:/dev/ttyS0,pace=line", ServedPlace(endpoint: .serialDevice(path: "/dev/ttyS0"), pace: .line)),
    ])
    func `a place is read`(text: String, place: ServedPlace) throws {
        #expect(try ServedPlace(parsing: text) == place)
    }

    @Test(arguments: [
        ("rtu:/dev/ttyS0,echo", true), ("rtu:/dev/ttyS0,9600,echo", true),
        ("rtu:/dev/ttyS0,9600,even,1,echo,pace=line", true),
        ("rtu:/dev/ttyS0,9600", false),
    ])
    func `an adapter that hears itself is one word`(text: String, echoes: Bool) throws {
        #expect(try ServedPlace(parsing: text).echoes == echoes)
    }

    @Test(arguments: [
        ("rtu:/dev/ttyS0", "115200 8E1"), ("rtu:/dev/ttyS0,9600", "9600 8E1"),
        ("rtu:/dev/ttyS0,9600,none", "9600 8N2"), ("rtu:/dev/ttyS0,9600,none,1", "9600 8N1"),
        ("rtu:/dev/ttyS0,19200,odd,2,pace=line", "19200 8O2"),
    ])
    func `the line of a device is what was given, and what the bus and the standard say for the rest`(
        text: String, format: String
    ) throws {
        let bus = BusDefinition(name: "shelf", medium: .rtu(baud: 115_200, parity: .even))
        let place = try ServedPlace(parsing: text)
        #expect(place.format(on: bus)?.description == format)
        #expect(place.mistake(on: bus) == nil)
    }

    @Test(arguments: [
        ("", "one of tcp:HOST:PORT"), ("udp:1502", "found \"udp:1502\""), ("tcp", "found nothing"),
        ("tcp:", "found nothing"),
        ("tcp:host:", "a port from 0 to 65535"), ("tcp::1502", "a host before the colon"),
        ("tcp:*:1502", "0.0.0.0 or [::] for all addresses"),
        ("tcp:65536", "found \"65536\""),
        ("tcp:-1", "found \"-1\""), ("tcp:::1:502", "in brackets: [::1]:502"), ("pty:", "a path for the link"),
        ("rtu", "a serial device such as"), ("rtu:,9600", "a serial device such as"), ("rtu:/d,9601", "9600, 19200"),
        ("rtu:/d,fast", "found \"fast\""), ("rtu:/d,", "found nothing"),
        ("rtu:/d,9600,E", "none, even, odd, found \"E\""), ("rtu:/d,9600,even,3", "1 or 2 stop bits, found \"3\""),
        ("rtu:/d,9600,even,1,8", "pace=unlimited or pace=line"), ("pty,pace=fast", "pace=unlimited or pace=line"),
        ("tcp:1502,echo", "found \"echo\""), ("pty,echo", "found \"echo\""),
        ("tcp:1502,speed=3", "found \"speed=3\""), ("tcp:1502,", "found nothing"),
    ])
    func `a place that is malformed is told with the good words`(text: String, words: String) throws {
        let mistake = #expect(throws: ServedPlaceMistake.self) { try ServedPlace(parsing: text) }
        let told = try #require(mistake)
        #expect("expected \(told.expected), found \(told.found)".contains(words))
    }

    @Test func `a bus that is tcp in the rack has no line to go by`() throws {
        let bus = BusDefinition(name: "net", medium: .tcp(latency: .zero, jitter: .zero))
        #expect(try ServedPlace(parsing: "pty").mistake(on: bus) == nil)
        #expect(try ServedPlace(parsing: "pty,pace=line").mistake(on: bus)?.contains("leave \"pace=line\" out") == true)
        #expect(try ServedPlace(parsing: "rtu:/d").mistake(on: bus)?.contains("rtu:/d,115200,even") == true)
        #expect(try ServedPlace(parsing: "rtu:/d,9600").mistake(on: bus) == nil)
    }

    @Test func `a rate of the rack that no device offers has to be replaced`() throws {
        let bus = BusDefinition(name: "shelf", medium: .rtu(baud: 100_000, parity: .even))
        #expect(try ServedPlace(parsing: "rtu:/d").mistake(on: bus)?.contains("has 100000 baud in the rack") == true)
        #expect(try ServedPlace(parsing: "rtu:/d,115200").mistake(on: bus) == nil)
        #expect(try ServedPlace(parsing: "pty,pace=line").mistake(on: bus) == nil)
    }

    // MARK: In a scenario

    @Test func `a scenario names places, one or several for a bus`() throws {
        let project = try Project()
        defer { project.remove() }
        let text =
            Project.scenario + """
                serve: {net: "tcp:127.0.0.1:1502", line: [pty, "pty:/tmp/line,pace=line", rtu-over-tcp:0]}

                """
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        #expect(problems == [])
        let served = try #require(scenario).served
        #expect(served.map(\.bus) == [1, 0, 0, 0])
        let texts = ["tcp:1502", "pty", "pty:/tmp/line,pace=line", "rtu-over-tcp:0"]
        #expect(try served.map(\.place) == texts.map { try ServedPlace(parsing: $0) })
    }

    @Test func `every mistake of the section is told at its place`() throws {
        let project = try Project()
        defer { project.remove() }
        let text =
            Project.scenario + """
                serve:
                  nett: tcp:1502
                  net: [tcp:99999, "tcp:0,pace=line", {a: b}, "rtu:/dev/x", pty:/tmp/x]
                  line: [pty:/tmp/x, pty:/tmp/y,pace=line, "rtu:/dev/x,115201"]

                """
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        #expect(scenario == nil)
        let told = problems.map(\.description)
        let expected = [
            ("s.yaml:17:3: ", "did you mean \"net\"?"), ("s.yaml:18:9: ", "a port from 0 to 65535"),
            ("s.yaml:18:20: ", "leave \"pace=line\" out"), ("s.yaml:18:39: ", "expected a place"),
            ("s.yaml:18:47: ", "give them: rtu:/dev/x,115200,even"), ("s.yaml:19:10: ", "taken by the bus \"net\""),
            ("s.yaml:19:33: ", "into quotes"), ("s.yaml:19:44: ", "a baud rate"),
        ]
        try #require(told.count == expected.count, "\(told)")
        for (line, (place, words)) in zip(told, expected) {
            #expect(line.hasPrefix(place) && line.contains(words), "\(line)")
        }
    }
}
