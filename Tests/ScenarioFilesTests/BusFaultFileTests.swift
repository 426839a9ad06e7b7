import Scenario
import ScenarioFiles
import Testing
import Units
import YAMLReading

/// Faults on a bus as a scenario tells them.
@Suite struct BusFaultFileTests {
    private static let old = "bus: line, unit: 17, fault: no-reply, chance: 30 %"

    private func read(_ event: String) throws -> (BusFault?, String, [Problem]) {
        let project = try Project()
        defer { project.remove() }
        let text = Project.scenario.changing(Self.old, to: event)
        let (scenario, problems) = ScenarioFile.read(text, file: "s.yaml", files: project.files)
        guard case .busFault(let fault)? = scenario?.events[0].action else { return (nil, "", problems) }
        return (fault, scenario?.events[0].text ?? "", problems)
    }

    struct Told: Sendable, CustomTestStringConvertible {
        var words: String
        var kind: BusFault.Kind
        var testDescription: String { words }
        init(_ words: String, _ kind: BusFault.Kind) { (self.words, self.kind) = (words, kind) }
    }

    @Test(arguments: [
        Told("no-reply", .noReply), Told("{no-reply: }", .noReply), Told("{delay: 300ms}", .delay(.milliseconds(300))),
        Told("delay, delay: 10 ms", .delay(.milliseconds(10))),
        Told("{byte-trickle: 5 ms}", .byteTrickle(.milliseconds(5))), Told("{exception: busy}", .exception(6)),
        Told("exception, code: busy", .exception(6)), Told("{exception: 0x63}", .exception(99)),
        Told("{exception: illegal-function}", .exception(1)), Told("{exception: illegal-data-address}", .exception(2)),
        Told("{exception: illegal-data-value}", .exception(3)),
        Told("{exception: server-device-failure}", .exception(4)), Told("{exception: acknowledge}", .exception(5)),
        Told("{exception: server-device-busy}", .exception(6)),
        Told("{exception: negative-acknowledge}", .exception(7)),
        Told("{exception: memory-parity-error}", .exception(8)),
        Told("{exception: gateway-path-unavailable}", .exception(10)),
        Told("{exception: gateway-target-failed-to-respond}", .exception(11)), Told("wrong-unit", .wrongUnit),
        Told("wrong-function", .wrongFunction), Told("truncation", .truncation(octets: nil)),
        Told("{truncation: 5}", .truncation(octets: 5)), Told("{extra-bytes: 3}", .extraBytes(3)),
        Told("bad-crc", .badCRC), Told("{fewer-registers: 2}", .fewerRegisters(2)), Told("disconnect", .disconnect),
    ])
    func `a kind is a word, or a word with its amount`(told: Told) throws {
        let (fault, _, problems) = try read("bus: line, fault: \(told.words)")
        #expect(problems.isEmpty, "\(problems)")
        #expect(fault?.kind == told.kind)
    }

    @Test func `a transaction can be wrong on a network`() throws {
        #expect(try read("bus: net, fault: wrong-transaction").0?.kind == .wrongTransaction)
    }

    @Test func `selectors are numbers, ranges and lists, and stand in the event's words`() throws {
        let (fault, text, problems) = try read(
            "bus: line, unit: [16, 192-194], function: \"3, 4\", address: 0x40-0x47, fault: {delay: 1 s}")
        #expect(problems.isEmpty, "\(problems)")
        #expect(fault?.units == [16...16, 192...194])
        #expect(fault?.functions == [3...3, 4...4])
        #expect(fault?.addresses == [0x40...0x47])
        #expect(text == "bus line unit 16,192-194 function 3, 4 address 0x40-0x47 delay 1 s")
    }

    struct Mistaken: Sendable, CustomTestStringConvertible {
        var event: String
        var place: String
        var text: String
        var testDescription: String { event }
        init(_ event: String, _ place: String, _ text: String) {
            (self.event, self.place, self.text) = (event, place, text)
        }
    }

    @Test(arguments: [
        Mistaken("bus: net, fault: bad-crc", "10:44", "is a TCP network, whose frames carry no CRC; take truncation"),
        Mistaken("bus: line, fault: wrong-transaction", "10:45", "carry no transaction; take wrong-unit"),
        Mistaken("bus: line, fault: {bad-crd: 1}", "10:46", "expected one of \"no-reply\""),
        Mistaken("bus: line, fault: {delay: 1 s, exception: 2}", "10:45", "expected one kind of fault"),
        Mistaken("bus: line, fault: byte-trickle", "10:45", "needs an amount; write fault: {byte-trickle: 5 ms}"),
        Mistaken("bus: line, fault: {no-reply: 3}", "10:56", "no-reply has no amount; write fault: no-reply"),
        Mistaken("bus: line, fault: no-reply, delay: 3 s", "10:62", "no-reply has no delay; leave this out"),
        Mistaken("bus: line, fault: {exception: bsy}", "10:57", "expected one of \"illegal-function\""),
        Mistaken("bus: line, fault: {exception: 128}", "10:57", "a whole number from 1 to 127"),
        Mistaken("bus: line, fault: {extra-bytes: 0}", "10:59", "a whole number from 1 to 100"),
        Mistaken("bus: line, fault: {truncation: -1}", "10:58", "a whole number from 1 to 259"),
        Mistaken("bus: line, fault: {delay: 2 min}", "10:53", "a time from"),
        Mistaken("bus: line, unit: 0, fault: no-reply", "10:44", "expected units such as 18, 16-23"),
        Mistaken("bus: line, unit: 17-16, fault: no-reply", "10:44", "expected units such as 18, 16-23"),
        Mistaken("bus: line, unit: 100-120, fault: no-reply", "10:44", "has a unit in 100-120"),
        Mistaken("bus: line, unit: [[16]], fault: no-reply", "10:45", "expected units such as"),
        Mistaken("bus: line, unit: [], fault: no-reply", "10:44", "expected units such as"),
        Mistaken("bus: line, function: 128, fault: no-reply", "10:48", "function codes such as 3 or [3, 16]"),
        Mistaken("bus: line, address: 0-65536, fault: no-reply", "10:47", "numbers from 0 to 65535"),
        Mistaken("bus: line, function: 17, address: 3, fault: no-reply", "10:61", "name no address"),
        Mistaken("bus: line, function: [6, 16], fault: {fewer-registers: 1}", "10:48", "functions 3, 4 and 23"),
    ])
    func `what cannot be is refused with its place and a remedy`(mistaken: Mistaken) throws {
        let (fault, _, problems) = try read(mistaken.event)
        #expect(fault == nil)
        #expect(problems.count == 1, "\(problems)")
        let problem = try #require(problems.first)
        #expect("\(problem.line):\(problem.column)" == mistaken.place, "\(problem)")
        #expect(problem.text.contains(mistaken.text), "\(problem)")
    }
}

/// The same grammar without an instant, for a rack that runs.
@Suite struct LiveEventReaderTests {
    private func reader() throws -> LiveEventReader {
        let project = try Project()
        defer { project.remove() }
        let (scenario, problems) = ScenarioFile.read(Project.scenario, file: "s.yaml", files: project.files)
        return LiveEventReader(try #require(scenario, "\(problems)"))
    }

    @Test func `an event is read as a scenario's is, and counts from now`() throws {
        let (events, problems) = try reader().read(
            "{bus: line, unit: 17, fault: {delay: 300ms}, for: 10s, chance: 30%}")
        #expect(problems.isEmpty, "\(problems)")
        #expect(events.map(\.text) == ["bus line unit 17 delay 300 ms"])
        #expect(events[0].at == .start)
        #expect(events[0].until == .start + .seconds(10))
    }

    @Test(arguments: [
        "{fail: shelf-1/psu-3}", "{sensor: tray-2/monitor.current, stuck: true, for: 5 s}", "{set: {budget: 5 kW}}",
        "{lose: feed-a, for: 20 ms}", "{reboot: tray-1/bmc}", "{stall: tray-2/fans.3}",
    ])
    func `every verb of a scenario can be put on live`(text: String) throws {
        let (events, problems) = try reader().read(text)
        #expect(problems.isEmpty, "\(problems)")
        #expect(events.count == 1)
    }

    @Test func `every mistake is told with its column`() throws {
        let (events, problems) = try reader().read("{at: 3 s, bus: lin, unti: 17, fault: silence}")
        #expect(events.isEmpty)
        #expect(problems.map(\.column) == [6, 16, 21, 38])
        #expect(
            problems[0].description == "event:1:6: a live event begins now; leave \"at\" out, \"for\" limits its time")
    }

    @Test(arguments: [
        "", " ", "{", "}", "no-reply", "[1, 2]", "{fail: shelf-1/psu-3", "{? : }", "&a [*a]", "{set: {budget: 1 W}}",
        "{bus: line, fault: &x {delay: *x}}", "{bus: line, fault: {}}", "\u{0}", "{bus: \"\u{7F}\", fault: no-reply}",
        "{fail: shelf-1/psu-3, lose: feed-a}", "%", "!!binary x", "--- {} --- {}",
        String(repeating: "[", count: 4000), String(repeating: "{a: ", count: 1000),
    ])
    func `what is no event is refused and harms nothing`(text: String) throws {
        let (events, problems) = try reader().read(text)
        #expect(events.isEmpty)
        #expect(!problems.isEmpty)
    }
}
