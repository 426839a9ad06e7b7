import DeviceSpecs
import Scenario
import Units
import YAMLReading

/// Reads what the scenario does to the rack.
struct EventReader {
    let targets: RackTargets
    let duration: Interval?
    /// Sum of the trays' floors: no budget may go below it.
    let floors: Power?
    /// Whether events begin when they are read instead of at an instant that they name.
    var areLive = false
    var hasStandby = false
    /// The device type that a place names, reported where it is unknown.
    var specification: (YAMLValue) -> DeviceSpecification? = { _ in nil }

    enum Verb: String, CaseIterable {
        case fail, restore, lose, stall, leak, stick, open, press, reboot, disconnect, replace, sensor, bus, set, stop,
            restart
        case pause, partition
        case unplug, wear

        /// Whether it can be undone after a time.
        var mayEnd: Bool { self != .restore && self != .reboot }
    }

    func read(_ value: YAMLValue?) -> [ScenarioEvent] {
        let items = value?.list("a list of events") ?? []
        let events = items.flatMap { readEvent($0) }
        return events.enumerated()
            .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
    }

    func readEvent(_ item: YAMLValue) -> [ScenarioEvent] {
        let example = areLive ? "{fail: shelf-1/psu-3, for: 10 s}" : "{at: 2 min, fail: shelf-1/psu-3}"
        guard let mapping = item.mapping("a mapping such as \(example)") else { return [] }
        let at = areLive ? begin(mapping) : readInstant(mapping.required("at"))
        let verbs = Verb.allCases.filter { mapping.optional($0.rawValue) != nil }
        guard verbs.count == 1, let place = mapping.optional(verbs[0].rawValue) else {
            let words = verbs.isEmpty ? "none" : verbs.map(\.rawValue).joined(separator: " and ")
            item.problem("expected one of \(Verb.allCases.map(\.rawValue).joined(separator: ", ")), found \(words)")
            return []
        }
        var end = readEnd(mapping, verbs[0], at)
        // A place stays empty for a while, told or not.
        if verbs[0] == .replace, end == nil, let at { end = at + Self.exchange }
        let actions = readActions(verbs[0], place, mapping)
        mapping.finish()
        guard let at else { return [] }
        return actions.map { ScenarioEvent(at: at, until: end, action: $0.action, text: $0.text) }
    }

    /// What is put on live begins now.
    private func begin(_ mapping: YAMLMapping) -> Instant {
        for key in ["at", "until"] {
            mapping.optional(key)?.problem("a live event begins now; leave \"\(key)\" out, \"for\" limits its time")
        }
        return .start
    }

    private func readInstant(_ place: YAMLValue?) -> Instant? {
        guard let place, let time = place.interval() else { return nil }
        if let duration, time > duration {
            place.problem(
                "the run ends at \(duration.text), before this; expected an earlier time, found \(place.found)")
        }
        return .start + time
    }

    private func readEnd(_ mapping: YAMLMapping, _ verb: Verb, _ at: Instant?) -> Instant? {
        let (length, until) = (mapping.optional("for"), areLive ? nil : mapping.optional("until"))
        guard let place = length ?? until else {
            return verb == .restart ? at.map { $0 + ControllerEventReader.restartTime } : nil
        }
        if length != nil, until != nil { until?.problem("expected either \"for\" or \"until\", found both") }
        if !verb.mayEnd { place.problem("\"\(verb.rawValue)\" has no end; leave this out") }
        guard let time = place.interval(from: .milliseconds(1)), let at else { return nil }
        let end = length != nil ? at + time : .start + time
        if end <= at { place.problem("expected an end after the event's begin, found \(place.found)") }
        if let duration, end > .start + duration {
            place.problem("the run ends at \(duration.text), before this ends; expected an end within the run")
        }
        return end
    }

    /// From pulling a unit to its successor's power-up. Arbitrary: a hand that has the spare ready.
    private static let exchange = Interval.seconds(5)

    typealias TitledAction = (action: ScenarioAction, text: String)

    private func readActions(_ verb: Verb, _ place: YAMLValue, _ mapping: YAMLMapping) -> [TitledAction] {
        let text = "\(verb.rawValue) \(place.scalarText ?? "")"
        let action: ScenarioAction?
        switch verb {
        case .fail: action = readFailure(place)
        case .restore: action = readRestore(place)
        case .lose where tethers.reads(place): action = tethers.lose(place).map { .tether($0) }
        case .lose: action = targets.feed(place).map { .loseFeed($0) }
        case .unplug: action = tethers.unplug(place).map { .tether($0) }
        case .wear: action = tethers.wear(place, mapping).map { .tether($0) }
        case .stall where place.scalarText?.hasPrefix("fan-wall/") == true:
            action = targets.wallFan(place).map { .cooling(.stallWallFan($0)) }
        case .stall: action = targets.fan(place).map { .stallFan(tray: $0.tray, fan: $0.fan) }
        case .leak: return cooling.leak(place, mapping).map { [(.cooling($0), text)] } ?? []
        case .stick: action = cooling.stick(place).map { .cooling($0) }
        case .open: action = cooling.open(place).map { .cooling($0) }
        case .press: action = cooling.press(place).map { .cooling($0) }
        case .reboot: action = targets.device(place).map { .rebootDevice(device: $0) }
        case .disconnect: action = targets.device(place).map { .disconnectDevice(device: $0) }
        case .replace:
            return ReplacementReader(targets: targets, specification: specification).read(place, mapping).map { [$0] }
                ?? []
        case .sensor: return SensorFaultReader(targets: targets).read(place, mapping).map { [$0] } ?? []
        case .bus: return BusFaultReader(targets: targets).read(place, mapping).map { [$0] } ?? []
        case .set: return readSettings(place)
        case .stop, .restart, .pause, .partition:
            return ControllerEventReader(hasStandby: hasStandby).read(verb, place, mapping).map { [$0] } ?? []
        }
        return action.map { [($0, text)] } ?? []
    }

    private var cooling: CoolingEventReader { CoolingEventReader(targets: targets) }
    private var tethers: TetherEventReader { TetherEventReader(targets: targets) }

    private func readFailure(_ place: YAMLValue) -> ScenarioAction? {
        if place.scalarText?.hasPrefix("cdu/") == true { return targets.pump(place).map { .cooling(.failPump($0)) } }
        if tethers.reads(place) { return tethers.fail(place).map { .tether($0) } }
        if targets.isBackup(place.scalarText ?? "") { return targets.backup(place).map { .failBackup(unit: $0) } }
        return targets.supply(place).map { .failSupply(shelf: $0.shelf, slot: $0.slot) }
    }

    private func readRestore(_ place: YAMLValue) -> ScenarioAction? {
        guard let path = place.scalarText else {
            place.expected("a supply, a feed, a fan or a backup unit")
            return nil
        }
        if tethers.reads(place) { return tethers.restore(place).map { .tether($0) } }
        if targets.isBackup(path) { return targets.backup(place).map { .restoreBackup(unit: $0) } }
        if targets.isFeed(path) { return targets.feed(place).map { .restoreFeed($0) } }
        if targets.isCoolingPart(path) { return cooling.restore(place, path).map { .cooling($0) } }
        if path.contains("/fans.") { return targets.fan(place).map { .restoreFan(tray: $0.tray, fan: $0.fan) } }
        return targets.supply(place).map { .restoreSupply(shelf: $0.shelf, slot: $0.slot) }
    }

    private func readSettings(_ place: YAMLValue) -> [TitledAction] {
        guard let mapping = place.mapping("a mapping such as {budget: 25 kW}") else { return [] }
        var actions: [TitledAction] = []
        if let value = mapping.optional("budget"), let budget = value.power() {
            if let floors, budget < floors {
                value.problem(
                    "expected a budget of at least \(floors.text), the sum of the trays' floors, found \(budget.text)")
            }
            actions.append((.setBudget(budget), "set budget \(value.scalarText ?? "")"))
        }
        if let value = mapping.optional("inlet"), let inlet = value.temperature(in: -20...60) {
            actions.append((.setInletTemperature(inlet), "set inlet \(value.scalarText ?? "")"))
        }
        if let value = mapping.optional("demand"), let demand = value.perMille() {
            actions.append((.setDemand(demand), "set demand \(value.scalarText ?? "")"))
        }
        if let value = mapping.optional("facility"), let action = cooling.facility(value) {
            actions.append((.cooling(action), "set facility \(value.scalarText ?? "")"))
        }
        if mapping.entries.isEmpty { place.problem("expected budget, inlet, facility or demand to set, found none") }
        mapping.finish()
        return actions
    }
}
