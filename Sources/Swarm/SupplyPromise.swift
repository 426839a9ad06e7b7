internal import DeviceSpecs
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// Which failures of supplies and feeds the rack's redundancy promises to survive: a schedule must not ask for more.
///
/// - Mode N promises none.
/// - Mode N+1 promises that any one working supply may fail at any time. Once the controller has adapted, the next one
///   may fail, as long as those that are left carry the trays' floors. It can adapt only while it can write: a second
///   supply fails no sooner than `adaptation` after the first, and not after trouble on the buses that may have kept
///   caps from coming down, or while no controller acted.
/// - Mode N+N promises that any one feed may be lost at any time, with all supplies behind it, or any one supply. Until
///   that is back and counted nothing else is promised: one outage at a time.
///
/// A supply whose MCU restarts switches its output off, so it counts as failed meanwhile. Tethers that are at least as strong
/// as a supply count like supplies, and all together like one feed, as the controller counts them.
struct SupplyPromise {
    /// Rules of thumb, all arbitrary: detection, decision and writes; then from a replacement to its output, from a feed's
    /// return to that of all supplies behind it, and from a tether's return to its output: it tries every 5 s.
    static let adaptation: Int64 = 5_000
    static let replacement: Int64 = 1_500
    static let feedReturn: Int64 = 5_000
    static let tetherReturn: Int64 = 7_000
    /// Of a controller that begins where devices do not answer.
    static let survey: Int64 = 5_000

    private let mostAtOnce: Int
    private let redundancy: ControllerSettings.Redundancy
    /// Those whose loss is promised to be survived.
    let feeds: [Int]
    private let countsTethers: Bool

    init(_ scenario: ScenarioDefinition) {
        let shelves = scenario.rack.plant.shelves
        redundancy = scenario.controller.redundancy
        let used = scenario.rack.plant.feeds.indices.filter { feed in shelves.contains { $0.feed == feed } }
        var ratings = shelves.flatMap { shelf in
            Array(repeating: shelf.supply.ratedPower, count: shelf.supplyCount)
        }
        let tethers = scenario.rack.plant.tethers.map(\.ratedPower)
        countsTethers = tethers.min().map { $0 >= ratings.max() ?? 0 } ?? false
        if countsTethers { ratings += tethers }
        feeds = redundancy == .twoFeeds && used.count + (countsTethers ? 1 : 0) > 1 ? used : []
        let floors = scenario.controller.trays.reduce(Power.zero) { $0 + $1.floor }
        let needed = Double(floors.milliwatts) / 1000
        // The largest ones fail first.
        var left = ratings.reduce(0, +)
        var count = 0
        for rating in ratings.sorted(by: >) {
            left -= rating
            if left < needed { break }
            count += 1
        }
        mostAtOnce =
            switch redundancy {
            case .none: 0
            case .oneSpare: count
            case .twoFeeds: feeds.isEmpty ? 0 : 1
            }
    }

    var promisesFeed: Bool { !feeds.isEmpty }
    var promisesAny: Bool { mostAtOnce > 0 }
    var promisesTether: Bool { countsTethers && promisesAny }

    /// Whether the schedule asks for nothing that is not promised.
    func covers(_ troubles: [Trouble], in rack: RackDefinition) -> Bool {
        let outages = troubles.compactMap { outage($0, rack) }.sorted { $0.begin < $1.begin }
        if redundancy == .twoFeeds { return areApart(outages) }
        for (index, outage) in outages.enumerated() {
            let others = outages[..<index].filter { $0.end > outage.begin }
            guard others.count < mostAtOnce else { return false }
            guard let last = others.last else { continue }
            // The same module cannot fail twice.
            guard !others.contains(where: { $0.supply == outage.supply }) else { return false }
            guard outage.begin - last.begin >= Self.adaptation else { return false }
            let from = last.begin - Self.adaptation
            if troubles.contains(where: { keepsCapsUp($0) && $0.at < outage.begin && lasting($0, rack) > from }) {
                return false
            }
        }
        return true
    }

    /// Each begins after the controller has adapted to the end of the one before.
    private func areApart(_ outages: [Outage]) -> Bool {
        guard promisesAny else { return outages.isEmpty }
        return zip(outages, outages.dropFirst()).allSatisfy { $0.end + Self.adaptation <= $1.begin }
    }

    private struct Outage {
        /// -1 for a feed, from -2 downwards a tether.
        var supply: Int
        var begin: Int64
        var end: Int64
    }

    private func outage(_ trouble: Trouble, _ rack: RackDefinition) -> Outage? {
        switch trouble.action {
        case .failSupply(let shelf, let slot):
            return Outage(supply: shelf * 1000 + slot, begin: trouble.at, end: trouble.end + Self.replacement)
        case .loseFeed: return Outage(supply: -1, begin: trouble.at, end: trouble.end + Self.feedReturn)
        case .tether(let action):
            return Outage(supply: -2 - action.tether, begin: trouble.at, end: trouble.end + Self.tetherReturn)
        case .reboot(let device):
            switch rack.devices[device].attachment {
            case .supply(let shelf, let slot):
                return Outage(supply: shelf * 1000 + slot, begin: trouble.at, end: trouble.at + Self.replacement)
            case .tether(let tether) where countsTethers:
                return Outage(supply: -2 - tether, begin: trouble.at, end: trouble.at + Self.tetherReturn)
            default: return nil
            }
        default: return nil
        }
    }

    private func keepsCapsUp(_ trouble: Trouble) -> Bool {
        switch trouble.action {
        case .line, .cut, .reboot, .stop, .pause: true
        case .failSupply, .sensor, .stallFan, .budget, .load, .loseFeed, .inlet, .tether: false
        }
    }

    /// Until when the trouble may keep a device out of reach, or all of them.
    private func lasting(_ trouble: Trouble, _ rack: RackDefinition) -> Int64 {
        switch trouble.action {
        case .reboot(let device):
            trouble.at + BootTime.milliseconds(of: rack.devices[device]) + Self.adaptation
        // Who begins anew looks for every device first.
        case .stop, .pause: trouble.end + Self.survey + Self.adaptation
        default: trouble.end + Self.adaptation
        }
    }
}

/// How long a device is silent after a restart.
enum BootTime {
    static func milliseconds(of device: DeviceDefinition) -> Int64 {
        (device.specification.deviceClass?.standing.bootsWithin ?? DeviceStanding.usualBoot).milliseconds
    }
}
