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
                        role: role)
                }
            },
            trays: policies.map {
                ControllerTray(priority: $0.priority, floor: $0.floor, ceiling: $0.ceiling)
            },
            supplyRating: .milliwatts(Int64((ratings.min() ?? 0) * 1000)),
            feeds: rack.plant.feeds.enumerated().map { index, feed in
                ControllerFeed(feed, shelves: rack.plant.shelves.filter { $0.feed == index })
            },
            feedOfShelf: rack.plant.shelves.map(\.feed), zones: rack.zones.map { ControllerZone($0) },
            cooling: CoolingLimits(rack.plant))
    }
}

extension ControllerDevice.Role {
    /// `nil` for a device that is no business of the controller's.
    init?(_ attachment: DeviceDefinition.Attachment) {
        switch attachment {
        case .tray(let tray): self = .tray(tray)
        case .supply(let shelf, let slot): self = .supply(shelf: shelf, slot: slot)
        case .shelf(let shelf): self = .shelf(shelf)
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
        case .tripCurve: self = .tripCurve(TripCurveLaw(bands: bands, spend: settings.tripSpend))
        case .ramp: self = .ramp(RampLaw(bands: bands, rise: settings.ramp))
        }
    }
}
