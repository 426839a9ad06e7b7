internal import ArgumentParser
internal import ControlLoop
internal import ModbusMaster
internal import ModbusWire
internal import RackControl
internal import RealTime
internal import Reports
internal import RunRecords
internal import Units

/// Puts the control thread's news into words: marks for the event log, and a line on the error stream for what a person
/// must know, once when it happens.
struct ControlReporter {
    let plan: ControlPlan
    private let startedAt: Instant
    private let log: any RunRecorder
    private let display: ControlDisplay
    private(set) var marks: [EventMark] = []
    private(set) var marksLeftOut = 0
    private(set) var isReady = false
    private var hasBeenOnline: [Bool]
    private var isMissing: [Bool]
    /// Of those that are missing: another device answers in its place.
    private var isStranger: [Bool]
    /// False once standard output cannot be written any more. Nobody stops controlling a rack because nobody reads.
    private(set) var hasOutput = true
    private var refusalsSaid: Set<String> = []
    private(set) var refusals: [String] = []

    private var troubles = OpenTroubles()
    /// A budget below the floors that is still to be told, and since when.
    private var shortfall: (power: Power, since: Instant)?
    private let supplies: [Int]
    /// Until then what is missing may only not have been heard yet. Arbitrary: twice as long as a rack of a hundred devices
    /// takes to be identified over lines of 115200 baud.
    static let startGrace = Interval.seconds(5)
    /// Supplies that fall silent together grow old one after the other, and are counted when all have. Arbitrary.
    private static let countingTime = Interval.seconds(1)

    /// The result keeps so many marks; the event log has all. Arbitrary, as in a simulated run.
    private static let markLimit = 20_000

    init(_ plan: ControlPlan, startedAt: Instant, log: any RunRecorder, display: ControlDisplay) {
        self.plan = plan
        self.startedAt = startedAt
        self.log = log
        self.display = display
        supplies = plan.inventory.devices.indices.filter {
            if case .supply = plan.inventory.devices[$0].role { true } else { false }
        }
        hasBeenOnline = Array(repeating: false, count: plan.inventory.devices.count)
        isMissing = hasBeenOnline
        isStranger = hasBeenOnline
    }

    /// The devices that the rack file names, and what became of them: a line for the summary, with the names of those
    /// that are not in hand.
    var census: String {
        let devices = hasBeenOnline.indices
        func names(_ chosen: [Int]) -> String { chosen.map { plan.inventory.devices[$0].path }.joined(separator: ", ") }
        let strangers = devices.filter { isMissing[$0] && isStranger[$0] }
        let lost = devices.filter { isMissing[$0] && !isStranger[$0] && hasBeenOnline[$0] }
        let absent = devices.filter { isMissing[$0] && !isStranger[$0] && !hasBeenOnline[$0] }
        let parts = [("lost", lost), ("absent", absent), ("other than expected", strangers)].filter { !$0.1.isEmpty }
        return "devices \(devices.count)   online \(devices.count { hasBeenOnline[$0] && !isMissing[$0] })"
            + parts.map { "   \($0.0) \($0.1.count) (\(names($0.1)))" }.joined()
    }

    mutating func report(_ news: [ControlNews], dropped: Int) {
        for item in news {
            switch item {
            case .refused(let refusal): refuse("\(refusal)")
            case .ready: isReady = true
            case .controller(let event, let found): report(event, found)
            case .wouldWrite(let device, let source, let request, let instant):
                let words = plan.words(ofWrite: request, device: device, source: source)
                output("would write \(words)")
                mark(plan.inventory.devices[device].path, "would write \(words)", at: instant)
            case .budgetLost(let instant):
                say("the budget was not refreshed in time: safe state")
                mark("rack", "budget lost", isMajor: true, at: instant)
            case .budgetBack(let power, let instant):
                say("the budget is back: \(power.words)")
                mark("rack", "budget back, \(power.words)", isMajor: true, at: instant)
            }
        }
        if dropped > 0 { say("\(dropped) events were dropped: more came than could be told") }
    }

    /// What the system did not grant.
    mutating func refuse(_ text: String) {
        refusals.append(text)
        say("not granted: \(text)")
    }

    /// Trouble with a connection or a file, in words already.
    mutating func note(_ subject: String, _ text: String, at instant: Instant) {
        say(text)
        mark(subject, text, isMajor: true, at: instant)
    }

    /// A line to standard output; that it cannot be written is told once.
    mutating func output(_ line: String) {
        guard hasOutput, !display.holds(line, for: .output) else { return }
        do throws(ExitCode) { try StandardStreams.output(line) } catch { hasOutput = false }
    }

    /// A line on the error stream behind the time since the start, as status lines count it.
    private func say(_ text: String) {
        let line = RunningTime.line(text, at: MonotonicClock.now - startedAt)
        if !display.holds(line, for: .error) { StandardStreams.error(line) }
    }

    /// `a busbar-pm-1`, `an acme-pm-2`: as the first letter is read.
    private static func article(_ name: String) -> String {
        "aeiou".contains(name.lowercased().prefix(1)) && !name.isEmpty ? "an" : "a"
    }

    /// Gives the terminal back, and tells what was held meanwhile.
    mutating func closeDisplay() {
        for (line, stream) in display.close() {
            switch stream {
            case .output: output(line)
            case .error: StandardStreams.error(line)
            }
        }
    }

    /// A line of the event log, and nothing on the error stream.
    mutating func mark(_ subject: String, _ text: String, isMajor: Bool = false, at instant: Instant) {
        let mark = EventMark(
            at: Double((instant - startedAt).rawValue) / 1e9, source: .controller, subject: subject, text: text,
            isMajor: isMajor)
        if marks.count < Self.markLimit { marks.append(mark) } else { marksLeftOut += 1 }
        log.record(mark)
        display.note(mark)
    }

    private mutating func report(_ event: ControllerEvent, _ found: FoundIdentity) {
        let words = event.words(
            device: { plan.inventory.devices[$0].path }, tray: { plan.trayNames[$0] })
        var text = words.text
        if case .budgetBelowFloors(let power) = event.kind {
            shortfall = (power, event.at)
            return
        }
        if let line = line(event.kind, found) {
            say(line.text)
            text = line.mark ?? text
        }
        mark(words.subject, text, isMajor: troubles.marks(event, isMajor: words.isMajor), at: event.at)
    }

    /// Tells of a budget below the floors when it is known why. One at the start, while supplies were still being asked,
    /// that is over by then was none.
    mutating func review(_ status: ControlStatus, floors: Power, at now: Instant) {
        guard let shortfall, now - shortfall.since >= Self.countingTime else { return }
        let isAtStart = shortfall.since - startedAt < Self.startGrace
        let isAsking = supplies.contains { status.devices[$0].phase.isOnTheWay }
        if isAtStart, isAsking, now - startedAt < Self.startGrace { return }
        self.shortfall = nil
        guard !isAtStart || status.budget < floors else { return }
        let power = max(shortfall.power, floors - status.budget)
        let isOfSupplies = status.budget < status.operatorBudget && status.workingSupplies < supplies.count
        let text =
            isOfSupplies
            ? "only \(status.workingSupplies) of \(supplies.count) supplies are known to carry load: the budget that they "
                + "allow is \(power.words) below the sum of the trays' floors"
            : "the budget is \(power.words) below the sum of the trays' floors"
        note("rack", text, at: now)
    }

    /// The line for people, and what the event log says instead of the usual words.
    private mutating func line(
        _ kind: ControllerEvent.Kind, _ found: FoundIdentity
    ) -> (text: String, mark: String?)? {
        let again = "asked again every \(IntervalOption(plan.configuration.reprobe).text)"
        switch kind {
        case .misidentified(let device):
            (isMissing[device], isStranger[device]) = (true, true)
            let stranger = "expected \(plan.expectedIdentity(ofDevice: device)), found \(found.text)"
            return ("\(plan.name(ofDevice: device)): \(stranger); left alone, \(again)", "\(stranger); left alone")
        case .sourceChanged(let device, let model):
            return (
                "\(plan.name(ofDevice: device)): \(Self.article(model.text)) \(model.text) answers; read and armed as one",
                nil
            )
        case .lost(let device):
            (isMissing[device], isStranger[device]) = (true, false)
            let place = plan.endpoint(ofDevice: device).map { " at \($0)" } ?? ""
            let word = hasBeenOnline[device] ? "lost" : "absent"
            return ("\(plan.name(ofDevice: device)): \(word): no answer\(place); \(again)", word)
        case .restarted(let device): return ("\(plan.name(ofDevice: device)): restarted; armed again", nil)
        case .online(let device):
            defer {
                hasBeenOnline[device] = true
                isMissing[device] = false
            }
            return isMissing[device] ? ("\(plan.name(ofDevice: device)): there again, armed", nil) : nil
        case .settingRefused(let device, let code):
            let text = "\(plan.name(ofDevice: device)): refused a setting: exception \(code.rawValue)"
            return refusalsSaid.insert(text).inserted ? (text, nil) : nil
        case .supplyLost(let device) where hasBeenOnline[device]:
            return ("\(plan.name(ofDevice: device)): is no longer known to carry load", nil)
        default: return nil
        }
    }
}
