internal import DeviceSpecs
internal import Plant
internal import RegisterMaps
internal import Scenario
internal import Units

/// A zone of fans or pumps whose temperatures are old is driven at its failsafe duty at least: no lower duty crosses the
/// line to it.
///
/// By the octets alone: when each temperature register was last read well, and what duty is written. Every sensor that a
/// loop looks at counts, since the hottest may be the one that is missing. A tray that is switched off is not looked at.
struct CoolingCheck {
    /// Temperatures are asked for once a second and are stale after three polls; a second more for tries and one for a
    /// crowded line. The zone's own periods come on top. Arbitrary.
    static let bound = Interval.seconds(5)
    /// A register may hold whole per cent.
    private static let rounding = PerMille.percent(1)

    /// A temperature register of a device.
    private struct Sensor {
        /// `nil` for one of the coolant.
        var tray: Int?
        var table: RegisterTable
        var addresses: Range<Int>
        var readAt = ReachWatch.longAgo
    }

    private struct Loop {
        var name: String
        /// Into `sensors`; `nil` for a temperature that no register tells.
        var sensors: [Int?]
        var failsafe: PerMille
    }

    private struct Zone {
        var loops: [Loop]
        var bound: Interval
    }

    private var sensors: [Sensor] = []
    /// By device: its sensors, and the zone that it drives.
    private var sensorsOf: [[Int]]
    private var zoneOf: [Zone?]
    private var isOff: [Bool]

    init(_ scenario: ScenarioDefinition) {
        let (rack, roles) = (scenario.rack, RackRoles(scenario.rack))
        sensorsOf = Array(repeating: [], count: rack.devices.count)
        zoneOf = Array(repeating: nil, count: rack.devices.count)
        isOff = Array(repeating: false, count: rack.plant.trays.count)
        let pumps = rack.devices.firstIndex {
            $0.attachment == .rack(0) && $0.specification.deviceClass == .pumpUnit
        }
        for zone in OwedZone.all(of: scenario, roles) {
            let loops = zone.loops.map { loop in
                let found: [Int?]
                switch loop.input {
                case .coolantSupply: found = [add(PumpUnitSignal.supplyTemperature, of: pumps, tray: nil, rack)]
                case .coolantReturn: found = [add(PumpUnitSignal.returnTemperature, of: pumps, tray: nil, rack)]
                case .accelerators, .hosts:
                    found = zone.trays.flatMap { tray in
                        let count = loop.input == .hosts ? 0 : rack.plant.trays[tray].acceleratorCount
                        let signal = count > 0 ? BaseboardSignal.acceleratorTemperature : .hostTemperature
                        return (0..<max(1, count)).map { member in
                            add(signal, member: member, of: roles.baseboard[tray], tray: tray, rack)
                        }
                    }
                }
                return Loop(name: loop.input.rawValue, sensors: found, failsafe: loop.failsafe)
            }
            zoneOf[zone.device] = Zone(loops: loops, bound: Self.bound + zone.reaction)
        }
    }

    private mutating func add<Signal: DeviceSignal>(
        _ signal: Signal, member: Int = 0, of device: Int?, tray: Int?, _ rack: RackDefinition
    ) -> Int? {
        guard let device,
            let point = rack.devices[device].specification.point(
                boundTo: signal.identifier(member: UInt8(clamping: member)))?.definition
        else { return nil }
        let first = Int(point.address)
        sensors.append(
            Sensor(tray: tray, table: point.table, addresses: first..<first + Int(point.wordCount)))
        sensorsOf[device].append(sensors.count - 1)
        return sensors.count - 1
    }

    /// The register that holds the duty of fans or pumps; `nil` for a device that drives none.
    static func dutyPoint(of specification: DeviceSpecification) -> PointDefinition? {
        switch specification.deviceClass {
        case .fanController:
            specification.point(boundTo: FanControllerSignal.dutyCommand.identifier)?.definition
        case .pumpUnit: specification.point(boundTo: PumpUnitSignal.dutyCommand.identifier)?.definition
        default: nil
        }
    }

    mutating func noteTrays(isPowered: (_ tray: Int) -> Bool) {
        for tray in isOff.indices { isOff[tray] = !isPowered(tray) }
    }

    /// A read that was answered; what it brought is no older than `askedAt`.
    mutating func noteRead(
        of device: Int, table: RegisterTable, address: UInt16, count: UInt16, askedAt: Instant
    ) {
        let read = Int(address)..<Int(address) + Int(count)
        for sensor in sensorsOf[device] where sensors[sensor].table == table {
            let addresses = sensors[sensor].addresses
            guard addresses.lowerBound >= read.lowerBound, addresses.upperBound <= read.upperBound else { continue }
            sensors[sensor].readAt = askedAt
        }
    }

    /// A duty was taken by the device that drives a zone; what is wrong with it, if anything is.
    func dutyWritten(_ duty: PerMille, to device: Int, path: String, at now: Instant) -> String? {
        guard let zone = zoneOf[device] else { return nil }
        for loop in zone.loops where duty + Self.rounding < loop.failsafe {
            guard let readAt = oldest(of: loop), now - readAt > zone.bound else { continue }
            let age = readAt == ReachWatch.longAgo ? "never read" : "last read \((now - readAt).milliseconds) ms before"
            return
                "\(path) was given \(duty.rawValue / 10) % though \(loop.name) of its zone were \(age); its failsafe "
                + "duty is \(loop.failsafe.rawValue / 10) %"
        }
        return nil
    }

    /// When the sensor of a loop was read that has waited longest; `nil` with all trays off.
    private func oldest(of loop: Loop) -> Instant? {
        var oldest: Instant?
        for sensor in loop.sensors {
            guard let sensor else { return ReachWatch.longAgo }
            if let tray = sensors[sensor].tray, isOff[tray] { continue }
            oldest = min(oldest ?? sensors[sensor].readAt, sensors[sensor].readAt)
        }
        return oldest
    }
}
