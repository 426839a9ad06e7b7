import DeviceSpecs
import Plant
import Scenario
import SpecFiles
import Units
import YAMLReading

/// Reads the mapping of a rack. What is mistaken is reported and replaced by a default, so that reading goes on and the
/// names of the rack stay complete.
final class RackReader {
    let library: ModelLibrary
    var feeds: [FeedConfiguration] = []
    /// Where the feed of the same index is named.
    var feedPlaces: [YAMLValue] = []
    /// False when a shelf's feed could not be read, which is reported by itself.
    var shelfFeedsAreKnown = true
    var shelves: [ShelfConfiguration] = []
    var trays: [TrayConfiguration] = []
    var backups: [BackupShelfConfiguration] = []
    var tethers: [TetherConfiguration] = []
    var buses: [BusDefinition] = []
    /// Where the bus of the same index stands in the file, and whether it has an "at", however mistaken.
    var busPlaces: [(place: YAMLValue, hasEndpoint: Bool)] = []
    var devices: [DeviceDefinition] = []
    var policies: [TrayPolicy] = []
    /// Whether the rack has one, behind which trays need no fans of their own.
    var hasFanWall = false
    /// Paths of devices whose own address is mistaken, which is reported by itself.
    var mistakenAddresses: [String] = []
    private var names: Set<String> = ["rack", "bus", "controller"]
    /// Index in `devices` by bus * 256 + unit.
    var deviceAtUnit: [Int: Int] = [:]

    init(library: ModelLibrary) { self.library = library }

    func read(_ mapping: YAMLMapping, says: String, defaultName: String) -> LoadedRack {
        let name = mapping.optional("rack")?.string("the rack's name") ?? defaultName
        let text = mapping.optional("says")?.string() ?? says
        let inlet = mapping.optional("inlet")?.degrees(in: -20...60) ?? RackDefaults.inletTemperature
        let coolant = mapping.optional("coolant")?.degrees(in: 0...60) ?? RackDefaults.coolantTemperature
        readAll("feeds", "a feed: nothing powers the rack", in: mapping) { readFeed($0) }
        readAll("buses", "a bus: no device could be reached", in: mapping) { readBus($0) }
        readAll("shelves", "a shelf of power supplies", in: mapping) { readShelf($0) }
        reportIdleFeeds()
        let coolingPlace = mapping.optional("cooling")
        hasFanWall = coolingPlace?.isMapping == true && coolingPlace?.mapping()?.optional("fan-wall") != nil
        readAll("trays", "a tray: there is nothing to power", in: mapping) { readTray($0) }
        for kind in BackupUnitConfiguration.Kind.allCases where mapping.optional(kind.key) != nil {
            readAll(kind.key, "a shelf of \(kind.rawValue) units", in: mapping) { readBackupShelf($0, kind) }
        }
        if mapping.optional("tethers") != nil {
            readAll("tethers", "a cable from another rack", in: mapping) { readTether($0) }
        }
        var own: [OwnDevices] = []
        if mapping.optional("devices") != nil {
            readAll("devices", "a device", in: mapping) { own.append(readOwnDevices($0)) }
        }
        for entry in own where entry.deviceClass != nil { placeOwnDevices(entry) }
        readController(mapping.optional("controller"))
        // Last, so that the controller's devices keep their numbers: it is not told of these.
        for entry in own where entry.deviceClass == nil { placeOwnDevices(entry) }
        let cooling = CoolingReader(rack: self).read(coolingPlace)
        checkCoolingDevices(cooling.plant, own)
        mapping.finish()
        reportMissingEndpoints()
        let plant = PlantConfiguration(
            feeds: feeds, shelves: shelves, trays: trays, inletTemperature: inlet, coolantTemperature: coolant,
            cooling: cooling.plant, backups: backups, tethers: tethers)
        let rack = RackDefinition(
            name: name, says: text, plant: plant, buses: buses, devices: devices, zones: cooling.zones)
        return LoadedRack(definition: rack, policies: policies)
    }

    private func readAll(_ key: String, _ what: String, in mapping: YAMLMapping, read: (YAMLMapping) -> Void) {
        guard let list = mapping.optional(key) else {
            mapping.place.problem("expected \"\(key)\" with at least \(what), found none")
            return
        }
        guard let items = list.list("a list of \(key)") else { return }
        if items.isEmpty { list.problem("expected at least \(what), found an empty list") }
        for item in items {
            guard let entry = item.mapping() else { continue }
            read(entry)
            entry.finish()
        }
    }

    /// The names of a group: `tray-{n}` and a count give `tray-1`, `tray-2` …
    func groupNames(_ mapping: YAMLMapping, upTo limit: Int) -> [String] {
        let count = mapping.optional("count")?.integer(in: 1...limit) ?? 1
        guard let place = mapping.required("name"), let pattern = place.string("a name") else { return [] }
        if count > 1, !pattern.contains("{n}") {
            place.expected("a name with {n} for the number, since there are \(count)")
            return []
        }
        let names = (1...count).map { pattern.replacing("{n}", with: "\($0)") }
        // One mistake in the pattern is one mistake, however many names come of it.
        if names.contains(where: { !checkName($0) }) { reportName(names, at: place) }
        self.names.formUnion(names)
        return names
    }

    private func checkName(_ name: String) -> Bool { Self.isWord(name) && !names.contains(name) }

    private static func isWord(_ name: String) -> Bool {
        (name.first?.isLetter ?? false)
            && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }

    private func reportName(_ candidates: [String], at place: YAMLValue) {
        if let name = candidates.first(where: { !Self.isWord($0) }) {
            place.problem("expected a name of lower-case letters, digits and hyphens, found \"\(name)\"")
        } else if let name = candidates.first(where: { names.contains($0) }) {
            place.problem("the name \"\(name)\" is taken; give every part of the rack its own")
        }
    }

    private func readBus(_ mapping: YAMLMapping) {
        let place = mapping.required("name")
        let name = place?.string("a name") ?? "bus-\(buses.count + 1)"
        if let place, buses.contains(where: { $0.name == name }) {
            place.problem("the bus \"\(name)\" stands twice; give every bus its own name")
        }
        let (rtu, tcp) = (mapping.optional("rtu"), mapping.optional("tcp"))
        var medium = BusDefinition.Medium.tcp(latency: RackDefaults.linkLatency, jitter: RackDefaults.linkJitter)
        if let line = rtu?.mapping("a mapping such as {baud: 115200, parity: even}") {
            medium = .rtu(
                baud: line.required("baud")?.baud() ?? 115_200,
                parity: line.optional("parity")?.choice(of: Parity.self) ?? .even)
            line.finish()
        }
        if let link = tcp?.mapping("a mapping such as {latency: 1 ms, jitter: 500 us}") {
            medium = .tcp(
                latency: link.optional("latency")?.interval(to: .seconds(1)) ?? RackDefaults.linkLatency,
                jitter: link.optional("jitter")?.interval(to: .seconds(1)) ?? RackDefaults.linkJitter)
            link.finish()
        }
        if (rtu == nil) == (tcp == nil) {
            mapping.place.problem(
                "expected either \"rtu\" or \"tcp\" for the bus \"\(name)\", found \(rtu == nil ? "none" : "both")")
        }
        let at = mapping.optional("at")
        let endpoint = at.flatMap { BusEndpoint.read($0, medium: medium) }
        if let at, let endpoint { checkLineIsFree(endpoint, bus: name, at) }
        busPlaces.append((mapping.place, at != nil))
        buses.append(BusDefinition(name: name, medium: medium, endpoint: endpoint))
    }

    /// The indices of one bus or of several, over which a group's devices are dealt in turn.
    func busIndices(_ value: YAMLValue?) -> [Int] {
        guard let value else { return [] }
        let places = value.isSequence ? value.list() ?? [] : [value]
        return places.compactMap { place in
            guard let name = place.string("the name of a bus") else { return nil }
            if let index = buses.firstIndex(where: { $0.name == name }) { return index }
            // A rack without buses has been told already.
            if buses.isEmpty { return nil }
            place.problem("unknown bus \"\(name)\"\(Nearness.hint(for: name, among: buses.map(\.name)))")
            return nil
        }
    }
}
