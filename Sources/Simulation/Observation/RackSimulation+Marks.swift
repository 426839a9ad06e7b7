internal import ControlLaws
internal import ModbusWire
internal import Plant
internal import RackControl
internal import RunRecords
internal import Scenario
internal import Units

/// Turns what happened into lines of the event log.
extension RackSimulation {
    func mark(_ source: EventMark.Source, _ subject: String, _ text: String, isMajor: Bool, at instant: Instant) {
        let mark = EventMark(at: seconds(instant), source: source, subject: subject, text: text, isMajor: isMajor)
        digest.mix(instant.rawValue)
        digest.mix(text)
        if marks.count < Self.markLimit { marks.append(mark) } else { marksDropped += 1 }
        recorder?.record(mark)
    }

    /// The result keeps this many marks; the event log has all. Arbitrary: far more than a person reads, and it bounds
    /// the memory of an hour of trouble.
    static let markLimit = 20_000

    func note(_ event: PlantEvent) {
        checks.noteEvent(at: now)
        let rack = scenario.rack.plant
        func supply(_ shelf: Int, _ slot: Int) -> String { "\(rack.shelves[shelf].name)/psu-\(slot + 1)" }
        func accelerator(_ tray: Int, _ number: Int) -> String { "\(rack.trays[tray].name)/accelerator-\(number + 1)" }
        let (subject, text, isMajor): (String, String, Bool) =
            switch event {
            case .breakerTripped(let feed): (rack.feeds[feed].name + "/breaker", "tripped", true)
            case .feedLost(let feed): (rack.feeds[feed].name, "lost", true)
            case .feedRestored(let feed): (rack.feeds[feed].name, "restored", true)
            case .supplyOverloaded(let shelf, let slot): (supply(shelf, slot), "overloaded, output latched off", true)
            case .supplyStopped(let shelf, let slot): (supply(shelf, slot), "stopped, hold-up over", false)
            case .supplyStarted(let shelf, let slot): (supply(shelf, slot), "output on", false)
            case .busCollapsed: ("busbar", "collapsed, all trays off", true)
            case .busRestored: ("busbar", "restored, trays boot", true)
            case .throttleBegan(let tray, let number): (accelerator(tray, number), "too hot, throttling", false)
            case .throttleEnded(let tray, let number): (accelerator(tray, number), "cool again", false)
            case .thermalShutdown(let tray, let number): (accelerator(tray, number), "thermal shutdown", true)
            case .requestsRefused(let tray): (rack.trays[tray].name, "request queue full", false)
            }
        mark(.plant, subject, text, isMajor: isMajor, at: now)
        safety?.note(event, subject: subject, at: now)
    }

    func note(_ reflex: ReflexNews, of device: VirtualDevice) {
        mark(.device, device.definition.path, reflex.text, isMajor: false, at: now)
        safety?.note(reflex, of: device, at: now)
    }

    func noteControllerEvents() {
        while let event = controller.nextEvent() { note(event) }
    }

    private func note(_ event: ControllerEvent) {
        func device(_ index: Int) -> String { scenario.rack.devices[index].path }
        func tray(_ index: Int) -> String { scenario.rack.plant.trays[index].name }
        let (subject, text, isMajor): (String, String, Bool) =
            switch event.kind {
            case .identified(let index): (device(index), "identified", false)
            case .misidentified(let index): (device(index), "is not what the rack says; left alone", true)
            case .online(let index): (device(index), "online", false)
            case .lost(let index): (device(index), "lost", event.at > .start + .seconds(5))
            case .restarted(let index): (device(index), "restarted; armed again", true)
            case .settingRefused(let index, let code):
                (device(index), "refused a setting: exception \(code.rawValue)", false)
            case .supplyWorking(let index): (device(index), "working", false)
            case .supplyLost(let index): (device(index), "lost to the controller", true)
            case .capLowered(let index, let power): (tray(index), "cap lowered to \(spoken(power))", false)
            case .capRaised(let index, let power): (tray(index), "cap raised to \(spoken(power))", false)
            case .capContradicted(let index, let power):
                (tray(index), "enforces \(spoken(power)) instead of its cap; written again", false)
            case .budgetChanged(let power): ("rack", "budget now \(spoken(power))", true)
            case .bandChanged(let band): ("rack", Self.text(of: band), false)
            case .budgetBelowFloors(let power): ("rack", "budget is \(spoken(power)) below the sum of the floors", true)
            case .failsafeEntered(let index): (tray(index), "fans to failsafe duty", true)
            case .failsafeLeft(let index): (tray(index), "fans under control again", false)
            }
        mark(.controller, subject, text, isMajor: isMajor, at: event.at)
    }

    private static func text(of band: PowerBand) -> String {
        switch band {
        case .lower: "power above the cap threshold, cutting"
        case .hold: "power between the thresholds, holding"
        case .raise: "power below the uncap threshold, giving back"
        }
    }

    /// Kilowatts to the watt, from integers: `2.405 kW`.
    func spoken(_ power: Power) -> String {
        let watts = (power.milliwatts + 500) / 1000
        guard watts.magnitude >= 1000 else { return "\(watts) W" }
        let digits = String(watts.magnitude % 1000)
        var fraction = String(repeating: "0", count: 3 - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(watts / 1000)\(fraction.isEmpty ? "" : ".")\(fraction) kW"
    }
}
