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

    /// Until then everything boots and is found, and what comes into service is no news. Arbitrary: longer than a supply's
    /// or a tether's soft start.
    private static let startUp = Interval.seconds(5)

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
            case .upsOnBattery(let feed): (rack.feeds[feed].name + "/ups", "utility lost, on battery", true)
            case .upsBackOnUtility(let feed): (rack.feeds[feed].name + "/ups", "utility back", true)
            case .upsBypassed(let feed): (rack.feeds[feed].name + "/ups", "overloaded, on bypass", true)
            case .upsBackOnInverter(let feed): (rack.feeds[feed].name + "/ups", "back on the inverter", true)
            case .upsOff(let feed): (rack.feeds[feed].name + "/ups", "off", true)
            case .backupExhausted(let unit): (backupPath(unit), "empty", true)
            case .tetherStopped(let tether): (rack.tethers[tether].name, "feeds the busbar no longer", true)
            case .tetherStarted(let tether):
                (rack.tethers[tether].name, "feeds the busbar", now > .start + Self.startUp)
            case .tetherStarved(let tether): (rack.tethers[tether].name, "input collapsed, output stopped", true)
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
        while let event = controller.nextEvent() { note(event, at: event.at) }
    }

    func note(_ event: ControllerEvent, at instant: Instant) {
        let words = event.words(
            device: { scenario.rack.devices[$0].path }, tray: { scenario.rack.plant.trays[$0].name })
        // What is absent from the start was never lost.
        let isStart = if case .lost = event.kind { instant <= .start + Self.startUp } else { false }
        let isMajor = troubles.marks(event, isMajor: words.isMajor && !isStart)
        mark(.controller, words.subject, words.text, isMajor: isMajor, at: instant)
    }
}
