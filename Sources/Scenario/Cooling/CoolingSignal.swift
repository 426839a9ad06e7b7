internal import Plant

/// A recorded signal of what cools the rack as a whole. Units stand in the catalogue.
public enum CoolingSignal: Hashable, Sendable {
    case flow
    case pressure
    case supply
    case back
    case level
    case heat
    case facility
    case valve
    case pumpPower
    /// The greatest duty of all pumps.
    case pumpDuty
    case pumpSpeed(Int)
    /// Share of the design flow that the tray has.
    case trayFlow(tray: Int)
    case wallPower
    case wallDuty
    /// The slowest fan.
    case wallSpeed
    case wallOutlet
    /// Trays with an accelerator that slows down because it is hot, and accelerators that shut themselves down.
    case throttling
    case shutdowns
}

extension SignalCatalogueBuilder {
    /// Nothing for a rack that neither a fan wall nor a loop cools.
    mutating func addCooling(_ rack: RackDefinition) {
        let cooling = rack.plant.cooling
        if let loop = cooling.loop {
            add("coolant.flow", "L/min", .cooling(.flow))
            add("coolant.pressure", "kPa", .cooling(.pressure))
            add("coolant.supply", "degC", .cooling(.supply))
            add("coolant.return", "degC", .cooling(.back))
            add("coolant.level", "%", .cooling(.level))
            add("coolant.heat", "W", .cooling(.heat))
            add("coolant.facility", "degC", .cooling(.facility))
            add("coolant.valve", "%", .cooling(.valve))
            add("pumps.power", "W", .cooling(.pumpPower))
            add("pumps.duty", "%", .cooling(.pumpDuty))
            for pump in 0..<loop.pumps.count { add("pump-\(pump + 1).speed", "rpm", .cooling(.pumpSpeed(pump))) }
            for (index, tray) in rack.plant.trays.enumerated() where tray.cooling == .liquid {
                add("\(tray.name).coolant", "%", .cooling(.trayFlow(tray: index)))
            }
        }
        if cooling.fanWall != nil {
            add("fan-wall.power", "W", .cooling(.wallPower))
            add("fan-wall.duty", "%", .cooling(.wallDuty))
            add("fan-wall.fan-speed", "rpm", .cooling(.wallSpeed))
            add("fan-wall.outlet", "degC", .cooling(.wallOutlet))
        }
        guard cooling.loop != nil || cooling.fanWall != nil else { return }
        add("cooling.throttling", "", .cooling(.throttling))
        add("cooling.shutdowns", "", .cooling(.shutdowns))
    }
}
