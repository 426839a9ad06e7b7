internal import DeviceSpecs
internal import Plant
internal import RegisterMaps
public import Scenario
internal import Units

/// Draws the schedule of a seed: the same for the same scenario and seed, on any machine.
///
/// Distribution: one to the most troubles, each kind equally likely among those that the rack can have; instants even
/// over the span, but one in three within a second of another, so that troubles meet; lengths from 150 ms to what is
/// left, each doubling equally likely; chances 5...100 %, one bus fault in three for a whole bus, one in four of the
/// others for the registers of a single point. A schedule that asks for more than the redundancy promises loses what is
/// too much.
public struct ScheduleDraw {
    private let scenario: ScenarioDefinition
    private let settings: SwarmSettings
    private let promise: SupplyPromise
    private let kinds: [SwarmSettings.TroubleKind]
    /// Those that have a place in the rack; the controller knows no others, and they have no part in safety.
    private let devices: [DeviceDefinition]
    private let first: Int64
    private let last: Int64

    /// `nil` where the rack can have none of the kinds.
    public init?(_ scenario: ScenarioDefinition, _ settings: SwarmSettings) {
        self.scenario = scenario
        self.settings = settings
        let promise = SupplyPromise(scenario)
        self.promise = promise
        // The controller's own unit is no device that it could lose.
        devices = Array(
            scenario.rack.devices.prefix { $0.attachment != .standalone && $0.attachment != .controller })
        let devices = devices
        first = (settings.from - .start).milliseconds
        last = (settings.safety.healedBy - .start).milliseconds
        let floors = Self.lowestBudget(scenario)
        kinds = settings.kinds.filter { kind in
            switch kind {
            case .failSupply: promise.promisesAny
            case .busFault: !scenario.rack.buses.isEmpty
            case .sensor: devices.contains { !Self.sensors(of: $0).isEmpty }
            case .reboot, .cut: !devices.isEmpty
            case .stallFan: scenario.rack.plant.trays.contains { $0.fans != nil }
            case .budget: floors < scenario.controller.budget
            case .load: scenario.workloads.contains { $0.workload.followsDemand }
            case .loseFeed: promise.promisesFeed
            case .inlet: scenario.rack.plant.trays.contains { $0.fans != nil }
            case .loseTether: promise.promisesTether
            case .stopController, .pauseController: scenario.controller.law != .none
            }
        }
        guard !kinds.isEmpty, last - first > Self.shortest else { return nil }
    }

    /// Milliseconds.
    private static let shortest: Int64 = 150
    /// How often another draw is tried where one asks for too much.
    private static let attempts = 20

    public func schedule(seed: UInt64) -> TroubleSchedule {
        var stream = SeededStream(seed: seed, name: "swarm schedule")
        let values = settings.varied.map { range in
            (path: range.path, value: range.text(at: Double(stream.next(below: 1001)) / 1000))
        }
        let count = 1 + Int(stream.next(below: UInt64(settings.mostTroubles)))
        var troubles: [Trouble] = []
        for number in 0..<count {
            var own = SeededStream(seed: seed, name: "swarm trouble", index: UInt64(number))
            for _ in 0..<Self.attempts {
                guard let trouble = draw(&own, beside: troubles) else { continue }
                guard promise.covers(troubles + [trouble], in: scenario.rack) else { continue }
                troubles.append(trouble)
                break
            }
        }
        let sorted = troubles.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return TroubleSchedule(
            seed: seed, duration: settings.duration.milliseconds, values: values, troubles: sorted.map(\.element))
    }

    private func draw(_ stream: inout SeededStream, beside others: [Trouble]) -> Trouble? {
        let kind = kinds[index(kinds.count, &stream)]
        let at = drawInstant(&stream, beside: others)
        let doubling = Int64(1) << Int64(stream.next(below: 8))
        let wanted = Self.shortest * doubling * Int64(1000 + stream.next(below: 1000)) / 1000
        let length = min(wanted, last - at)
        guard length >= Self.shortest, let action = drawAction(kind, &stream) else { return nil }
        if case .reboot(let device) = action {
            // It must be back by the time at which all is healed.
            guard at + BootTime.milliseconds(of: scenario.rack.devices[device]) <= last else { return nil }
            return Trouble(action, at: at, length: 0)
        }
        return Trouble(action, at: at, length: length)
    }

    private func drawInstant(_ stream: inout SeededStream, beside others: [Trouble]) -> Int64 {
        let span = UInt64(last - first - Self.shortest)
        let anywhere = first + Int64(stream.next(below: span))
        guard !others.isEmpty, stream.next(below: 3) == 0 else { return anywhere }
        let near = others[index(others.count, &stream)]
        return min(near.at + Int64(stream.next(below: 1000)), last - Self.shortest)
    }

    private func drawAction(_ kind: SwarmSettings.TroubleKind, _ stream: inout SeededStream) -> Trouble.Action? {
        let rack = scenario.rack
        switch kind {
        case .failSupply:
            let shelf = index(rack.plant.shelves.count, &stream)
            return .failSupply(shelf: shelf, slot: index(rack.plant.shelves[shelf].supplyCount, &stream))
        case .busFault: return drawLine(&stream)
        case .sensor: return drawSensor(&stream)
        case .reboot: return .reboot(device: index(devices.count, &stream))
        case .cut: return .cut(device: index(devices.count, &stream))
        case .stallFan:
            let tray = index(rack.plant.trays.count, &stream)
            guard let fans = rack.plant.trays[tray].fans else { return nil }
            return .stallFan(tray: tray, fan: index(fans.count, &stream))
        case .budget:
            let lowest = Self.lowestBudget(scenario)
            let span = (scenario.controller.budget - lowest).milliwatts / 1000
            return .budget(lowest + .watts(Int64(stream.next(below: UInt64(max(1, span))))))
        case .load: return .load(.percent(Int64(stream.next(below: 101))))
        case .loseFeed: return .loseFeed(promise.feeds[index(promise.feeds.count, &stream)])
        // ASHRAE's allowable range of class A2, 10...35 degC.
        case .inlet: return .inlet(.degrees(10 + Int64(stream.next(below: 26))))
        case .loseTether:
            let tether = index(rack.plant.tethers.count, &stream)
            let ends: [TetherAction] = [.fail(tether), .lose(tether), .unplug(tether)]
            return .tether(ends[index(ends.count, &stream)])
        case .stopController: return .stop(drawSeat(&stream))
        case .pauseController: return .pause(drawSeat(&stream))
        }
    }

    /// The controller; where it has a standby, one time in three that.
    private func drawSeat(_ stream: inout SeededStream) -> ControllerSeatName {
        guard scenario.controller.load.standby != nil, stream.next(below: 3) == 0 else { return .controller }
        return .standby
    }

    private func drawLine(_ stream: inout SeededStream) -> Trouble.Action? {
        let bus = index(scenario.rack.buses.count, &stream)
        let units = devices.filter { $0.bus == bus }.map(\.unit)
        guard !units.isEmpty else { return nil }
        let isSerial = if case .rtu = scenario.rack.buses[bus].medium { true } else { false }
        let chances: [Int64] = [5, 10, 20, 30, 50, 80, 100]
        let chance = PerMille.percent(chances[index(chances.count, &stream)])
        let unit = stream.next(below: 3) == 0 ? nil : units[index(units.count, &stream)]
        // Reads, writes, or all of them.
        let functions: [[ClosedRange<UInt8>]] = [[3...3, 4...4], [6...6, 16...16], [], [], []]
        var fault = BusFault(bus: bus, kind: .noReply, chance: chance)
        fault.units = unit.map { [$0...$0] } ?? []
        fault.functions = functions[index(functions.count, &stream)]
        if let unit, stream.next(below: 4) == 0 { fault.addresses = drawPoint(bus: bus, unit: unit, &stream) }
        guard let kind = drawKind(isSerial: isSerial, &stream) else { return nil }
        fault.kind = kind
        if case .fewerRegisters = kind, fault.functions == functions[1] { return nil }
        return .line(fault)
    }

    /// The registers of one point of a unit.
    private func drawPoint(bus: Int, unit: UInt8, _ stream: inout SeededStream) -> [ClosedRange<UInt16>] {
        guard let device = devices.first(where: { $0.bus == bus && $0.unit == unit }) else { return [] }
        let points = device.specification.points
        guard !points.isEmpty else { return [] }
        let point = points[index(points.count, &stream)].definition
        return [point.address...point.address + UInt16(max(1, point.wordCount)) - 1]
    }

    /// Each kind equally likely; `nil` where the medium cannot have it.
    private func drawKind(isSerial: Bool, _ stream: inout SeededStream) -> BusFault.Kind? {
        // Illegal function, address, value; failure; acknowledge; busy; memory; gateway path and target (V1.1b3, 7).
        let codes: [UInt8] = [1, 2, 3, 4, 5, 6, 8, 10, 11]
        func amount(_ most: UInt64) -> Int64 { 1 + Int64(stream.next(below: most)) }
        switch stream.next(below: 12) {
        case 0: return .noReply
        case 1: return .delay(.milliseconds(amount(200)))
        case 2: return .byteTrickle(.milliseconds(amount(10)))
        case 3: return isSerial ? nil : .wrongTransaction
        case 4: return .wrongUnit
        case 5: return .wrongFunction
        case 6: return .truncation(octets: nil)
        case 7: return .extraBytes(Int(amount(20)))
        case 8: return isSerial ? .badCRC : nil
        case 9: return .fewerRegisters(Int(amount(4)))
        case 10: return .disconnect
        default: return .exception(codes[index(codes.count, &stream)])
        }
    }

    /// A supply or a tether whose own sensors lie switches itself off: that is a failure of the supply, and is drawn as one.
    static func sensors(of device: DeviceDefinition) -> [SensedQuantity] {
        guard let deviceClass = device.specification.deviceClass, deviceClass != .powerSupply,
            deviceClass != .powerTether
        else { return [] }
        return deviceClass.standing.sensors
    }

    private func drawSensor(_ stream: inout SeededStream) -> Trouble.Action? {
        let device = index(devices.count, &stream)
        let sensors = Self.sensors(of: scenario.rack.devices[device])
        guard !sensors.isEmpty else { return nil }
        let sensor = sensors[index(sensors.count, &stream)]
        switch stream.next(below: 3) {
        case 0: return .sensor(device: device, sensor, .stuck)
        case 1:
            // A quarter to thrice the truth.
            return .sensor(device: device, sensor, .gain(.perMille(250 + 50 * Int64(stream.next(below: 56)))))
        default:
            // Up to a fifth of full scale in ten seconds, either way.
            let greatest: Int64 = sensor == .current ? 2_000 : sensor == .speed ? 200 : 1_000
            let drift = Int64(stream.next(below: UInt64(2 * greatest + 1))) - greatest
            return .sensor(device: device, sensor, .drift(perSecond: drift))
        }
    }

    /// A twentieth above the floors: what the laws leave between caps and budget must still hold the floors. Arbitrary.
    private static func lowestBudget(_ scenario: ScenarioDefinition) -> Power {
        let floors = scenario.controller.trays.reduce(Power.zero) { $0 + $1.floor }
        return Power.watts((floors + floors.scaled(by: .percent(5))).milliwatts / 1000)
    }

    private func index(_ count: Int, _ stream: inout SeededStream) -> Int { Int(stream.next(below: UInt64(count))) }
}

extension WorkloadConfiguration {
    /// Whether a new mean load changes anything.
    var followsDemand: Bool {
        switch self {
        case .constant, .inference: true
        case .step, .ramp, .training, .replay: false
        }
    }
}
