internal import Plant
internal import Scenario

extension RackSimulation {
    /// The present value of a signal of the rack's own cooling, in the unit of the catalogue.
    func value(of signal: CoolingSignal) -> Double {
        switch signal {
        case .flow: plant.coolantFlow / Coolant.density * 60
        case .pressure: plant.coolantPressure / 1000
        case .supply: plant.coolantSupplyTemperature
        case .back: plant.coolantReturnTemperature
        case .level: plant.coolantLevel * 100
        case .heat: plant.coolantHeat
        case .facility: plant.facilityTemperature
        case .valve: plant.facilityValve * 100
        case .pumpPower: plant.pumpPower
        case .pumpDuty: greatestPumpDuty * 100
        case .pumpSpeed(let pump): plant.pumpSpeed(pump)
        case .trayFlow(let tray): plant.coolantShare(tray: tray) * 100
        case .wallPower: plant.wallPower
        case .wallDuty: plant.wallDuty * 100
        case .wallSpeed: slowestWallFan
        case .wallOutlet: plant.wallOutletTemperature
        case .throttling: Double(throttlingTrays)
        case .shutdowns: Double(plant.shutdownCount)
        }
    }

    private var greatestPumpDuty: Double {
        var duty = 0.0
        for pump in 0..<plant.pumpCount { duty = max(duty, plant.pumpDuty(pump)) }
        return duty
    }

    private var slowestWallFan: Double {
        var speed = plant.wallFanSpeed(0)
        for fan in 1..<plant.wallFanCount { speed = min(speed, plant.wallFanSpeed(fan)) }
        return speed
    }

    private var throttlingTrays: Int {
        var count = 0
        for tray in 0..<plant.trayCount where plant.trayIsThrottling(tray) { count += 1 }
        return count
    }
}
