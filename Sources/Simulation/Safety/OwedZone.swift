internal import DeviceSpecs
internal import Plant
internal import Scenario
internal import Units

/// A cooling zone as the rack's file states it, with the device that drives it: what its failsafe duties are owed for.
struct OwedZone {
    struct Loop {
        var input: CoolingZoneSettings.Input
        var failsafe: PerMille
    }

    /// Index in `RackDefinition.devices`, of a fan controller or a pump unit.
    var device: Int
    /// Whose temperatures count.
    var trays: [Int]
    var loops: [Loop]
    /// From a reading's growing old to a duty that follows: the periods of its loops.
    var reaction: Interval

    /// The zones that the rack names, and the usual one for whatever drives fans or pumps beside them (docs/cooling.md).
    static func all(of scenario: ScenarioDefinition, _ roles: RackRoles) -> [OwedZone] {
        let rack = scenario.rack
        func drives(_ deviceClass: DeviceClass) -> Int? {
            rack.devices.firstIndex {
                $0.attachment == .rack(0) && $0.specification.deviceClass == deviceClass
            }
        }
        let (wall, pumps) = (drives(.fanController), drives(.pumpUnit))
        var zones: [OwedZone] = rack.zones.compactMap { zone in
            let device: Int?
            switch zone.actuator {
            case .trayFans(let tray): device = roles.fans[tray]
            case .fanWall: device = wall
            case .pumps: device = pumps
            }
            return device.map {
                OwedZone(
                    device: $0, trays: zone.trays,
                    loops: zone.loops.map { Loop(input: $0.input, failsafe: $0.failsafe) },
                    reaction: zone.thermalPeriod + zone.drivePeriod)
            }
        }
        let named = zones.map(\.device)
        let failsafe = scenario.controller.failsafeDuty
        func addUsual(_ device: Int?, _ trays: [Int], _ inputs: [CoolingZoneSettings.Input]) {
            guard let device, !named.contains(device) else { return }
            zones.append(
                OwedZone(
                    device: device, trays: trays, loops: inputs.map { Loop(input: $0, failsafe: failsafe) },
                    reaction: usualReaction))
        }
        let trays = rack.plant.trays
        for tray in trays.indices { addUsual(roles.fans[tray], [tray], [.accelerators]) }
        addUsual(wall, trays.indices.filter { trays[$0].cooling == .air && trays[$0].fans == nil }, [.accelerators])
        addUsual(pumps, trays.indices.filter { trays[$0].cooling == .liquid }, [.accelerators, .coolantReturn])
        return zones
    }

    /// Both loops of the usual zone run once a second.
    private static let usualReaction = Interval.seconds(2)
}
