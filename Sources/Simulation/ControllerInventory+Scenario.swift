internal import ControlLaws
internal import Plant
public import RackControl
public import Scenario
internal import Units

/// What the controller is told of the rack: what an engineer would type into a real one, and nothing of the physics.
extension ControllerInventory {
    /// `policies` holds one for each tray.
    public init(_ rack: RackDefinition, policies: [TrayPolicy]) {
        let ratings = rack.plant.shelves.map(\.supply.ratedPower)
        self.init(
            buses: rack.buses.map { bus in
                switch bus.medium {
                case .rtu(let baud, _): ControllerBus(name: bus.name, medium: .serial(baud: baud))
                case .tcp: ControllerBus(name: bus.name, medium: .tcp)
                }
            },
            // Those that stand alone come last in the rack, so that the others keep their numbers.
            devices: rack.devices.compactMap { device in
                ControllerDevice.Role(device.attachment).map { role in
                    ControllerDevice(
                        path: device.path, specification: device.specification, bus: device.bus, unit: device.unit,
                        role: role, alternatives: device.alternatives)
                }
            },
            trays: policies.map {
                ControllerTray(priority: $0.priority, floor: $0.floor, ceiling: $0.ceiling)
            },
            supplyRating: .milliwatts(Int64((ratings.min() ?? 0) * 1000)),
            feeds: rack.plant.feeds.enumerated().map { index, feed in
                ControllerFeed(feed, shelves: rack.plant.shelves.filter { $0.feed == index })
            } + (rack.plant.tethers.isEmpty ? [] : [.otherRack]),
            feedOfShelf: rack.plant.shelves.map(\.feed), zones: rack.zones.map { ControllerZone($0) },
            cooling: CoolingLimits(rack.plant), backups: rack.plant.backups.map { ControllerBackup($0) },
            supplyPeak: SupplyPeak(rack.plant.shelves, rack.plant.tethers),
            tetherRating: .milliwatts(Int64((rack.plant.tethers.map(\.ratedPower).min() ?? 0) * 1000)),
            tetherFeed: rack.plant.tethers.isEmpty ? nil : rack.plant.feeds.count,
            supplyLevel: Self.supplyLevel(rack.plant.busbarLevel))
    }

    /// On a 12.5 V busbar as far below the lowest voltage of its loads, 11 V (typical).
    private static func supplyLevel(_ level: BusbarLevel) -> Hysteresis<Voltage> {
        switch level {
        case .twelve: Hysteresis(risesAt: .volts(11), fallsBelow: .millivolts(10_500))
        case .fortyEight: openRackLevel
        }
    }
}

extension ControllerBackup {
    init(_ shelf: BackupShelfConfiguration) {
        self.init(
            isBattery: shelf.unit.kind == .battery, dischargePower: .watts(Int64(shelf.unit.dischargePower)),
            chargePower: .watts(Int64(shelf.unit.chargePower)), energy: .joules(Int64(shelf.unit.energy)))
    }
}

extension SupplyPeak {
    /// The weakest plate of all; `nil` without supplies, and beside tethers, which bear no overload.
    init?(_ shelves: [ShelfConfiguration], _ tethers: [TetherConfiguration]) {
        guard tethers.isEmpty, let power = shelves.map(\.supply.peakPower).min(),
            let time = shelves.map(\.supply.peakTime).min()
        else {
            return nil
        }
        self.init(power: .milliwatts(Int64(power * 1000)), time: .milliseconds(Int64(time * 1000)))
    }
}

extension ControllerDevice.Role {
    /// `nil` for a device that is no business of the controller's.
    init?(_ attachment: DeviceDefinition.Attachment) {
        switch attachment {
        case .tray(let tray): self = .tray(tray)
        case .supply(let shelf, let slot): self = .supply(shelf: shelf, slot: slot)
        case .backup(let shelf, let slot): self = .backup(shelf: shelf, slot: slot)
        case .shelf(let shelf), .backupShelf(let shelf): self = .shelf(shelf)
        case .tether(let tether): self = .tether(tether)
        case .rack(let number): self = .rack(number)
        case .standalone, .controller: return nil
        }
    }
}

extension ControllerConfiguration {
    public init(_ settings: ControllerSettings) {
        self.init(
            law: CappingLaw(settings), redundancy: SupplyRedundancy(settings.redundancy),
            period: settings.period, budget: settings.budget, uncapSlew: settings.uncapSlew,
            temperatureSetpoint: settings.temperatureSetpoint, failsafeDuty: settings.failsafeDuty,
            deviceWatchdog: settings.deviceWatchdog, timeout: settings.timeout, retries: settings.retries,
            reprobe: settings.reprobe)
        load.bringsUp = settings.load.bringUp == .staged
        load.bringUpInterval = settings.load.bringUpInterval
        load.sheds = settings.load.sheds
        load.hasBrakeLine = settings.load.hasBrakeLine
        recharge = settings.recharge
        rideThrough = settings.rideThrough
        overdraft = settings.overdraft.map {
            EnergyAccount(allowance: $0.energy, most: max(.zero, $0.to - settings.budget))
        }
    }
}

extension SupplyRedundancy {
    init(_ redundancy: ControllerSettings.Redundancy) {
        switch redundancy {
        case .none: self = .none
        case .oneSpare: self = .oneSpare
        case .twoFeeds: self = .twoFeeds
        }
    }
}

extension CappingLaw {
    init(_ settings: ControllerSettings) {
        let bands = ThreeBandLaw(
            capThreshold: settings.capThreshold, capTarget: settings.capTarget,
            uncapThreshold: settings.uncapThreshold)
        switch settings.law {
        case .none: self = .none
        case .threeBand: self = .threeBand(bands)
        case .fixed: self = .fixed(StaticCapLaw())
        case .proportional: self = .proportional(ProportionalLaw())
        case .waterFilling: self = .waterFilling(WaterFillingLaw(capShare: settings.capThreshold))
        case .predictive:
            self = .predictive(PredictiveLaw(filling: WaterFillingLaw(capShare: settings.capThreshold)))
        case .tripCurve:
            let filling = WaterFillingLaw(capShare: settings.capThreshold)
            self = .tripCurve(TripCurveLaw(filling: filling, spend: settings.tripSpend))
        case .ramp: self = .ramp(RampLaw(bands: bands, rise: settings.ramp))
        case .smooth:
            self = .smooth(
                SmoothingLaw(
                    bands: bands, ramp: settings.ramp, lowest: settings.lowestCharge, highest: settings.highestCharge))
        }
    }
}
