import DeviceSpecs
import Plant
import Scenario
import Units
import YAMLReading

/// Reads the cooling zones of a rack.
struct CoolingZoneReader {
    let rack: RackReader
    let cooling: CoolingConfiguration

    private enum Drives: String, CaseIterable {
        case fans
        case fanWall = "fan-wall"
        case pumps
    }

    func read(_ value: YAMLValue?) -> [CoolingZoneSettings] {
        let items = value?.list("a list of cooling zones") ?? []
        var zones: [CoolingZoneSettings] = []
        for item in items {
            guard let mapping = item.mapping("a mapping such as {name: air, drives: fans, loops: [...]}") else {
                continue
            }
            let read = readZone(mapping)
            mapping.finish()
            let twice = read.first { zone in zones.contains { $0.actuator == zone.actuator } }
            if let twice {
                mapping.place.problem(
                    "expected one zone for what it drives, found a second for \(text(of: twice.actuator)); put the loops "
                        + "of both into one")
            }
            zones += read
        }
        return zones
    }

    private func readZone(_ mapping: YAMLMapping) -> [CoolingZoneSettings] {
        let name = mapping.required("name")?.string("the zone's name") ?? ""
        let place = mapping.required("drives")
        let drives = place?.choice(of: Drives.self)
        let failsafe = mapping.optional("failsafe")?.perMille() ?? RackDefaults.failsafeDuty
        let loops = readLoops(mapping.required("loops"), failsafe: failsafe, hasCoolant: drives ?? .pumps == .pumps)
        let slew = mapping.optional("slew")?.mapping("a mapping such as {up: 20 %/s, down: 2 %/s}")
        let rise = slew?.optional("up")?.compound(.dutySlew, in: 0.1...100) ?? RackDefaults.dutyRise
        let fall = slew?.optional("down")?.compound(.dutySlew, in: 0.1...100) ?? RackDefaults.dutyFall
        slew?.finish()
        let periods = Interval.milliseconds(10)...Interval.seconds(60)
        var zone = CoolingZoneSettings(
            name: name, actuator: .pumps, trays: [], loops: loops,
            minimum: mapping.optional("minimum")?.perMille() ?? RackDefaults.minimumDuty, failsafe: failsafe,
            toleratedFailures: mapping.optional("tolerates")?.integer(in: 0...15) ?? 0,
            rise: PerMille(rawValue: Int64((rise * 10).rounded())),
            fall: PerMille(rawValue: Int64((fall * 10).rounded())),
            thermalPeriod: interval(mapping.optional("period"), periods) ?? .seconds(1),
            drivePeriod: interval(mapping.optional("fan-period"), periods) ?? .milliseconds(100))
        let named = mapping.optional("trays")
        guard let drives, let place else { return [] }
        switch drives {
        case .fans:
            return trays(named, where: { $0.fans != nil }, "fans of its own").map { tray in
                zone.actuator = .trayFans(tray)
                zone.trays = [tray]
                return zone
            }
        case .fanWall:
            if cooling.fanWall == nil { place.problem("expected a \"fan-wall\" to drive, found none in \"cooling\"") }
            checkDriver(.fanController, place)
            zone.actuator = .fanWall
            zone.trays = trays(named, where: { $0.cooling == .air && $0.fans == nil }, "air and no fans of its own")
        case .pumps:
            if cooling.loop == nil { place.problem("expected a \"loop\" to drive, found none in \"cooling\"") }
            checkDriver(.pumpUnit, place)
            zone.actuator = .pumps
            zone.trays = trays(named, where: { $0.cooling == .liquid }, "liquid cooling")
        }
        return [zone]
    }

    private func interval(_ value: YAMLValue?, _ range: ClosedRange<Interval>) -> Interval? {
        value?.interval(from: range.lowerBound, to: range.upperBound)
    }

    /// Something must drive the fan wall or the pumps.
    private func checkDriver(_ deviceClass: DeviceClass, _ place: YAMLValue) {
        let exists = rack.devices.contains {
            if case .rack = $0.attachment { $0.specification.deviceClass == deviceClass } else { false }
        }
        guard !exists else { return }
        place.problem(
            "expected a \(deviceClass.title) among the rack's \"devices\" to drive it through, found none")
    }

    private func trays(
        _ named: YAMLValue?, where fits: (TrayConfiguration) -> Bool, _ what: String
    ) -> [Int] {
        guard let named else { return rack.trays.indices.filter { fits(rack.trays[$0]) } }
        return (named.list("a list of trays") ?? []).compactMap { place in
            guard let name = place.string("the name of a tray") else { return nil }
            guard let index = rack.trays.firstIndex(where: { $0.name == name }) else {
                place.problem("unknown tray \"\(name)\"\(Nearness.hint(for: name, among: rack.trays.map(\.name)))")
                return nil
            }
            if fits(rack.trays[index]) { return index }
            place.problem("expected a tray with \(what), found \"\(name)\"")
            return nil
        }
    }

    private func text(of actuator: CoolingZoneSettings.Actuator) -> String {
        switch actuator {
        case .trayFans(let tray): "the fans of \(rack.trays[tray].name)"
        case .fanWall: "the fan wall"
        case .pumps: "the pumps"
        }
    }

    // MARK: Loops

    /// As many as a zone may have; arbitrary.
    private static let greatestCount = 8

    private func readLoops(
        _ value: YAMLValue?, failsafe: PerMille, hasCoolant: Bool
    ) -> [CoolingZoneSettings.Loop] {
        guard let value, let items = value.list("a list of thermal loops") else { return [] }
        if items.isEmpty || items.count > Self.greatestCount {
            value.problem("expected 1 to \(Self.greatestCount) loops, found \(items.count)")
        }
        let loops = items.compactMap { item -> CoolingZoneSettings.Loop? in
            guard let mapping = item.mapping("a mapping such as {input: accelerators, pid: {setpoint: 75 degC}}") else {
                return nil
            }
            let loop = readLoop(mapping, failsafe: failsafe)
            if !hasCoolant, let loop, loop.input == .coolantSupply || loop.input == .coolantReturn {
                mapping.place.problem(
                    "a zone of fans looks at accelerators or hosts; expected one of them, found \(loop.input.rawValue)")
            }
            mapping.finish()
            return loop
        }
        if !loops.isEmpty, loops.allSatisfy(\.isCeiling) {
            value.problem("expected a loop that asks for a duty beside the ceilings, found none")
        }
        return loops
    }

    private func readLoop(_ mapping: YAMLMapping, failsafe: PerMille) -> CoolingZoneSettings.Loop? {
        let input = mapping.required("input")?.choice(of: CoolingZoneSettings.Input.self)
        let (pid, stepwise) = (mapping.optional("pid"), mapping.optional("stepwise"))
        let isCeiling = mapping.optional("ceiling")?.bool() ?? false
        let own = mapping.optional("failsafe")?.perMille() ?? failsafe
        if (pid == nil) == (stepwise == nil) {
            mapping.place.problem(
                "expected either \"pid\" or \"stepwise\" for a loop, found \(pid == nil ? "none" : "both")")
        }
        let law = pid.map { readPID($0) } ?? stepwise.map { readStepwise($0) }
        guard let input, let law else { return nil }
        return CoolingZoneSettings.Loop(input: input, law: law, isCeiling: isCeiling, failsafe: own)
    }

    private func readPID(_ value: YAMLValue) -> CoolingZoneSettings.Law {
        let mapping = value.mapping("a mapping such as {setpoint: 75 degC}")
        let setpoint = mapping?.required("setpoint")?.temperature(in: 10...120)
        let proportional = mapping?.optional("proportional")?.compound(.dutyPerKelvin, in: 0...100)
        let integral = mapping?.optional("integral")?.compound(.dutyPerKelvinSecond, in: 0...100)
        let derivative = mapping?.optional("derivative")?.compound(.dutySecondsPerKelvin, in: 0...1000)
        mapping?.finish()
        return .pid(
            setpoint: setpoint ?? .degrees(75),
            proportional: Self.millionths(proportional ?? RackDefaults.proportionalGain),
            integral: Self.millionths(integral ?? RackDefaults.integralGain),
            derivative: Self.millionths(derivative ?? 0))
    }

    /// Per cent of full duty as millionths of it.
    private static func millionths(_ percent: Double) -> Int64 { Int64((percent * 10_000).rounded()) }

    private func readStepwise(_ value: YAMLValue) -> CoolingZoneSettings.Law {
        let example = "a mapping such as {steps: [[40 degC, 30 %], [60 degC, 80 %]]}"
        let mapping = value.mapping(example)
        let list = mapping?.required("steps")
        var steps: [(from: Temperature, duty: PerMille)] = []
        for item in list?.list("a list of steps such as [40 degC, 30 %]") ?? [] {
            let pair = item.list("a pair such as [40 degC, 30 %]") ?? []
            guard pair.count == 2 else {
                if item.isSequence { item.expected("a pair such as [40 degC, 30 %]") }
                continue
            }
            guard let from = pair[0].temperature(in: -40...150), let duty = pair[1].perMille() else { continue }
            if let last = steps.last, from <= last.from {
                item.problem("expected steps by rising temperature, found \(pair[0].found) after a hotter one")
                continue
            }
            steps.append((from, duty))
        }
        if let list, list.isSequence, steps.isEmpty || steps.count > 20 {
            list.problem("expected 1 to 20 steps, found \(steps.count)")
            steps = Array(steps.prefix(20))
        }
        let hysteresis = mapping?.optional("hysteresis")?.mapping("a mapping such as {up: 1 K, down: 2 K}")
        let rise = hysteresis?.optional("up")?.kelvins(in: 0...50) ?? 0
        let fall = hysteresis?.optional("down")?.kelvins(in: 0...50) ?? 0
        hysteresis?.finish()
        mapping?.finish()
        return .stepwise(
            steps: steps, rise: Temperature(rawValue: Int64((rise * 1000).rounded())),
            fall: Temperature(rawValue: Int64((fall * 1000).rounded())))
    }
}
