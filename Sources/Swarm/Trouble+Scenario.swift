internal import Plant
public import Scenario
internal import Units

/// Trouble as the scenario's events: as values to be run, and as lines to be read.
extension Trouble {
    public func event(in rack: RackDefinition) -> ScenarioEvent {
        let until: Instant? = length > 0 ? .start + .milliseconds(end) : nil
        return ScenarioEvent(
            at: .start + .milliseconds(at), until: until, action: scenarioAction, text: words(in: rack).plain)
    }

    private var scenarioAction: ScenarioAction {
        switch action {
        case .failSupply(let shelf, let slot): .failSupply(shelf: shelf, slot: slot)
        case .line(let fault): .busFault(fault)
        case .sensor(let device, let sensor, let fault): .sensorFault(device: device, sensor: sensor, fault: fault)
        case .reboot(let device): .rebootDevice(device: device)
        case .cut(let device): .disconnectDevice(device: device)
        case .stallFan(let tray, let fan): .stallFan(tray: tray, fan: fan)
        case .budget(let budget): .setBudget(budget)
        case .load(let load): .setDemand(load)
        case .loseFeed(let feed): .loseFeed(feed)
        case .inlet(let temperature): .setInletTemperature(temperature)
        case .tether(let action): .tether(action)
        case .stop(let seat): .stopController(seat)
        case .pause(let seat): .pauseController(seat)
        }
    }

    /// The event as a scenario file has it: `{at: 12.5 s, for: 300 ms, fail: shelf-1/psu-3}`.
    public func line(in rack: RackDefinition) -> String {
        let time = length > 0 ? "at: \(Self.seconds(at)), for: \(Self.seconds(length))" : "at: \(Self.seconds(at))"
        return "{\(time), \(words(in: rack).yaml)}"
    }

    private func words(in rack: RackDefinition) -> (plain: String, yaml: String) {
        func alike(_ verb: String, _ object: String) -> (String, String) { ("\(verb) \(object)", "\(verb): \(object)") }
        let plant = rack.plant
        switch action {
        case .failSupply(let shelf, let slot): return alike("fail", "\(plant.shelves[shelf].name)/psu-\(slot + 1)")
        case .reboot(let device): return alike("reboot", rack.devices[device].path)
        case .cut(let device): return alike("disconnect", rack.devices[device].path)
        case .stallFan(let tray, let fan): return alike("stall", "\(plant.trays[tray].name)/fans.\(fan + 1)")
        case .stop(let seat): return alike("stop", seat.rawValue)
        case .pause(let seat): return alike("pause", seat.rawValue)
        case .budget(let budget):
            let text = "\(budget.milliwatts / 1000) W"
            return ("set budget \(text)", "set: {budget: \(text)}")
        case .load(let load): return ("set demand \(load.percentText)", "set: {demand: \(load.percentText)}")
        case .loseFeed(let feed): return alike("lose", plant.feeds[feed].name)
        case .inlet(let temperature):
            let text = "\(temperature.millidegrees / 1000) degC"
            return ("set inlet \(text)", "set: {inlet: \(text)}")
        case .tether(let action):
            let (verb, rest) = Self.words(of: action)
            let (plain, yaml) = alike(verb, plant.tethers[action.tether].name)
            return (plain + rest.plain, yaml + rest.yaml)
        case .sensor(let device, let sensor, let fault):
            let path = "\(rack.devices[device].path).\(sensor.rawValue)"
            let (what, yaml) = Self.words(of: fault, sensor)
            return ("sensor \(path) \(what)", "sensor: \(path), \(yaml)")
        case .line(let fault): return Self.words(of: fault, on: rack.buses[fault.bus].name)
        }
    }

    private static func words(of action: TetherAction) -> (verb: String, rest: (plain: String, yaml: String)) {
        switch action {
        case .fail: ("fail", ("", ""))
        case .lose: ("lose", ("", ""))
        case .unplug: ("unplug", ("", ""))
        case .wear(_, let microohms):
            ("wear", (" contact \(Double(microohms) / 1000) mOhm", ", contact: \(Double(microohms) / 1000) mOhm"))
        case .restore: ("restore", ("", ""))
        }
    }

    private static func words(of fault: BusFault, on bus: String) -> (String, String) {
        var plain = "bus \(bus)"
        var yaml = "bus: \(bus)"
        let keys = [
            ("unit", texts(fault.units)), ("function", texts(fault.functions)), ("address", texts(fault.addresses)),
        ]
        for (key, ranges) in keys where !ranges.isEmpty {
            plain += " \(key) \(ranges.joined(separator: ","))"
            yaml += ", \(key): " + (ranges.count == 1 ? ranges[0] : "[\(ranges.joined(separator: ", "))]")
        }
        let kind = fault.kind.yaml
        plain += " \(kind.filter { !"{}:".contains($0) })"
        yaml += ", fault: \(kind)" + (fault.chance < .whole ? ", chance: \(fault.chance.percentText)" : "")
        return (plain, yaml)
    }

    private static func texts<Number>(_ ranges: [ClosedRange<Number>]) -> [String]
    where Number: FixedWidthInteger, Number.Stride: SignedInteger {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    }

    private static func words(of fault: SensorFault, _ sensor: SensedQuantity) -> (String, String) {
        switch fault {
        case .stuck: return ("stuck", "stuck: true")
        case .gain(let gain): return ("gain \(gain.percentText)", "gain: \(gain.percentText)")
        case .drift(let perSecond):
            let unit =
                switch sensor {
                case .voltage: "mV"
                case .current: "mA"
                case .temperature: "mK"
                case .speed: "rpm"
                }
            return ("drift \(perSecond) \(unit)/s", "drift: \(perSecond) \(unit)/s")
        }
    }

    /// Milliseconds as the file writes them: `300 ms`, `12.5 s`.
    public static func seconds(_ milliseconds: Int64) -> String {
        guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
        let rest = milliseconds % 1000
        guard rest > 0 else { return "\(milliseconds / 1000) s" }
        var fraction = String(rest)
        while fraction.count < 3 { fraction = "0" + fraction }
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(milliseconds / 1000).\(fraction) s"
    }
}

extension BusFault.Kind {
    /// As the file writes it.
    var yaml: String {
        switch self {
        case .noReply: "no-reply"
        case .delay(let delay): "{delay: \(Trouble.seconds(delay.milliseconds))}"
        case .byteTrickle(let gap): "{byte-trickle: \(Trouble.seconds(gap.milliseconds))}"
        case .exception(let code): "{exception: \(code)}"
        case .wrongTransaction: "wrong-transaction"
        case .wrongUnit: "wrong-unit"
        case .wrongFunction: "wrong-function"
        case .truncation(nil): "truncation"
        case .truncation(let octets?): "{truncation: \(octets)}"
        case .extraBytes(let count): "{extra-bytes: \(count)}"
        case .badCRC: "bad-crc"
        case .fewerRegisters(let count): "{fewer-registers: \(count)}"
        case .disconnect: "disconnect"
        }
    }
}

extension PerMille {
    /// `30 %`, `12.5 %`.
    var percentText: String {
        rawValue % 10 == 0 ? "\(rawValue / 10) %" : "\(rawValue / 10).\(rawValue % 10) %"
    }
}
