import TerminalView
import Units

/// Racks as a simulation and as a controller of real devices show them.
enum Racks {
    static func served(trays: Int = 8) -> LiveSnapshot {
        var snapshot = LiveSnapshot()
        snapshot.title = "first-light"
        snapshot.activity = "serving"
        snapshot.rackTime = .milliseconds(133_400)
        snapshot.wallTime = .milliseconds(133_420)
        snapshot.lag = .zero
        snapshot.controller = "builtin"
        snapshot.power = .watts(24_120)
        snapshot.budget = .watts(27_500)
        snapshot.effectiveBudget = .watts(27_500)
        snapshot.budgetSource = "operator"
        snapshot.breakerHeat = .percent(12)
        snapshot.workingSupplies = 6
        snapshot.installedSupplies = 6
        snapshot.cycles = 1334
        snapshot.lateCycles = 0
        snapshot.trays = (1...max(1, trays)).prefix(trays).map(tray)
        snapshot.buses = [
            bus("shelf", "rtu 115200 8E1"), bus("trays", "rtu 115200 8E1"),
            bus("management", "tcp", at: "127.0.0.1:1502", clients: 2),
        ]
        snapshot.events = (1...30).map {
            LiveEvent(at: .seconds($0), text: "event number \($0)", isMajor: $0.isMultiple(of: 7))
        }
        return snapshot
    }

    private static func tray(_ number: Int) -> LiveTray {
        var tray = LiveTray(name: "tray-\(number)")
        tray.power = .watts(3_000 + Int64(number))
        tray.askedCap = .watts(3_400)
        tray.heldCap = .watts(3_400)
        tray.ceiling = .watts(6_800)
        tray.temperature = .degrees(60 + Int64(number))
        tray.duty = .percent(45)
        tray.conditions = [.online]
        return tray
    }

    private static func bus(_ name: String, _ kind: String, at place: String? = nil, clients: Int? = nil) -> LiveBus {
        var bus = LiveBus(name: name)
        bus.kind = kind
        bus.load = .percent(31)
        bus.requestsPerSecond = 123.4
        bus.timeouts = 5
        bus.exceptions = 0
        bus.badFrames = 0
        bus.place = place
        bus.clients = clients
        return bus
    }

    /// The least that anybody knows.
    static func unknown() -> LiveSnapshot {
        var snapshot = LiveSnapshot()
        snapshot.title = "bench"
        snapshot.trays = [LiveTray(name: "tray-1")]
        snapshot.buses = [LiveBus(name: "line")]
        return snapshot
    }
}
