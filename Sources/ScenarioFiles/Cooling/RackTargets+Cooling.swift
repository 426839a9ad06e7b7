import DeviceSpecs
import Plant
import Scenario
import YAMLReading

/// The parts of a rack's own cooling that events may name.
extension RackTargets {
    private var pumps: Int { rack?.plant.cooling.loop?.pumps.count ?? 0 }
    private var wallFans: Int { rack?.plant.cooling.fanWall?.count ?? 0 }

    func isCoolingPart(_ path: String) -> Bool { path.hasPrefix("cdu/") || path.hasPrefix("fan-wall/") }

    /// `cdu/pump-1`.
    func pump(_ place: YAMLValue) -> Int? {
        numbered("pump", "cdu/pump-", pumps, "a liquid loop, \"cooling: {loop: ...}\"", place)
    }

    /// `fan-wall/fans.3`.
    func wallFan(_ place: YAMLValue) -> Int? {
        numbered("fan", "fan-wall/fans.", wallFans, "a fan wall, \"cooling: {fan-wall: ...}\"", place)
    }

    private func numbered(
        _ kind: String, _ prefix: String, _ count: Int, _ what: String, _ place: YAMLValue
    ) -> Int? {
        guard rack != nil, let path = place.string("a \(kind) such as \(prefix)1") else { return nil }
        guard count > 0 else {
            place.problem("expected a rack with \(what), found one without")
            return nil
        }
        if path.hasPrefix(prefix), let number = Int(path.dropFirst(prefix.count)), (1...count).contains(number) {
            return number - 1
        }
        place.problem(
            "unknown \(kind) \"\(path)\"\(Nearness.hint(for: path, among: (1...count).map { "\(prefix)\($0)" }))")
        return nil
    }

    /// A liquid-cooled tray, or the `cdu` for all that is no tray: `nil` inside is the latter.
    func leak(_ place: YAMLValue) -> Int?? {
        guard let rack, let path = place.string("a tray such as tray-3, or cdu") else { return nil }
        guard hasLoop(place) else { return nil }
        if path == "cdu" { return .some(nil) }
        let names = rack.plant.trays.filter { $0.cooling == .liquid }.map(\.name)
        if names.contains(path), let tray = rack.plant.trays.firstIndex(where: { $0.name == path }) { return tray }
        place.problem("unknown liquid-cooled tray \"\(path)\"\(Nearness.hint(for: path, among: names + ["cdu"]))")
        return nil
    }

    func hasLoop(_ place: YAMLValue) -> Bool {
        guard let rack else { return false }
        if rack.plant.cooling.loop != nil { return true }
        place.problem("expected a rack with a liquid loop, \"cooling: {loop: ...}\", found one without")
        return false
    }

    /// A rear door carries the fan wall, or has the switch of the rack's own leak sensor.
    func hasDoor(_ place: YAMLValue) -> Bool {
        guard let rack else { return false }
        let hasSwitch = rack.devices.contains { device in
            if case .rack = device.attachment { device.specification.deviceClass == .leakSensor } else { false }
        }
        if wallFans > 0 || hasSwitch { return true }
        place.problem(
            "expected a rack with a door: a fan wall, \"cooling: {fan-wall: ...}\", or a leak sensor among its \"devices\"; "
                + "found one without")
        return false
    }

    /// The pump unit behind `NAME/emergency-stop`, by the name of the device.
    func emergencyStop(_ place: YAMLValue) -> Int? {
        guard let rack, let path = place.string("the button of a pump unit such as cdu/emergency-stop") else {
            return nil
        }
        let units = rack.devices.indices.filter { rack.devices[$0].specification.deviceClass == .pumpUnit }
        let names = units.map { "\(rack.devices[$0].path)/emergency-stop" }
        if let index = names.firstIndex(of: path) { return units[index] }
        place.problem("unknown button \"\(path)\"\(Nearness.hint(for: path, among: names))")
        return nil
    }
}
