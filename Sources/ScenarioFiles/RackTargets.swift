import Plant
import Scenario
import YAMLReading

/// The parts of a rack that events may name. Without a rack nothing is resolved and nothing is complained about.
struct RackTargets {
    let rack: RackDefinition?

    init(_ rack: RackDefinition?) { self.rack = rack }

    func supply(_ place: YAMLValue) -> (shelf: Int, slot: Int)? {
        guard let rack, let path = place.string("a supply such as shelf-1/psu-3") else { return nil }
        var names: [String] = []
        for (index, shelf) in rack.plant.shelves.enumerated() {
            for slot in 0..<shelf.supplyCount {
                let name = "\(shelf.name)/psu-\(slot + 1)"
                if name == path { return (index, slot) }
                names.append(name)
            }
        }
        return unknown("supply", path, names, place)
    }

    /// A battery or capacitor unit by its path, counted over all backup shelves.
    func backup(_ place: YAMLValue) -> Int? {
        guard let path = place.string("a unit such as bbu-1/unit-2") else { return nil }
        let names = backupNames
        return names.firstIndex(of: path) ?? unknown("unit", path, names, place)
    }

    private var backupNames: [String] {
        (rack?.plant.backups ?? []).flatMap { shelf in (0..<shelf.unitCount).map { "\(shelf.name)/unit-\($0 + 1)" } }
    }

    /// Whether the path begins with the name of a backup shelf.
    func isBackup(_ path: String) -> Bool {
        rack?.plant.backups.contains { path.hasPrefix($0.name + "/") } ?? false
    }

    func tether(_ place: YAMLValue) -> Int? {
        guard let rack, let name = place.string("a tether such as tether-1") else { return nil }
        if let index = rack.plant.tethers.firstIndex(where: { $0.name == name }) { return index }
        return unknown("tether", name, rack.plant.tethers.map(\.name), place)
    }

    func isTether(_ path: String) -> Bool { rack?.plant.tethers.contains { $0.name == path } ?? false }

    func feed(_ place: YAMLValue) -> Int? {
        guard let rack, let name = place.string("a feed such as feed-a") else { return nil }
        if let index = rack.plant.feeds.firstIndex(where: { $0.name == name }) { return index }
        return unknown("feed", name, rack.plant.feeds.map(\.name), place)
    }

    /// `tray-2/fans.3`: fan 3 of the tray.
    func fan(_ place: YAMLValue) -> (tray: Int, fan: Int)? {
        guard let rack, let path = place.string("a fan such as tray-2/fans.3") else { return nil }
        let names = rack.plant.trays.flatMap { tray in
            (0..<(tray.fans?.count ?? 0)).map { "\(tray.name)/fans.\($0 + 1)" }
        }
        for (index, tray) in rack.plant.trays.enumerated() where path.hasPrefix("\(tray.name)/fans.") {
            if let number = Int(path.dropFirst(tray.name.count + 6)), let fans = tray.fans,
                (1...fans.count).contains(number)
            {
                return (index, number - 1)
            }
        }
        return unknown("fan", path, names, place)
    }

    func device(_ place: YAMLValue) -> Int? {
        guard let path = place.string("a device such as tray-4/monitor") else { return nil }
        return device(path, place)
    }

    func device(_ path: String, _ place: YAMLValue) -> Int? {
        guard let rack else { return nil }
        if let index = rack.devices.firstIndex(where: { $0.path == path }) { return index }
        return unknown("device", path, rack.devices.map(\.path), place)
    }

    func bus(_ place: YAMLValue) -> Int? {
        guard let rack, let name = place.string("the name of a bus") else { return nil }
        if let index = rack.buses.firstIndex(where: { $0.name == name }) { return index }
        return unknown("bus", name, rack.buses.map(\.name), place)
    }

    /// Whether a path names a feed, a supply or a fan, for `restore`.
    func isFeed(_ path: String) -> Bool { rack?.plant.feeds.contains { $0.name == path } ?? false }

    private func unknown<Result>(_ kind: String, _ path: String, _ names: [String], _ place: YAMLValue) -> Result? {
        place.problem("unknown \(kind) \"\(path)\"\(Nearness.hint(for: path, among: names))")
        return nil
    }
}
