internal import ControlLaws
internal import Plant
internal import RackControl
internal import Scenario
internal import Units

extension ControllerZone {
    init(_ zone: CoolingZoneSettings) {
        let slew = SlewLimit(risePerSecond: zone.rise, fallPerSecond: zone.fall)
        self.init(
            name: zone.name, actuator: Actuator(zone.actuator), trays: zone.trays,
            loops: zone.loops.map { Loop($0, minimum: zone.minimum, slew: slew) }, minimum: zone.minimum,
            failsafe: zone.failsafe, toleratedFailures: zone.toleratedFailures, slew: slew,
            thermalPeriod: zone.thermalPeriod, drivePeriod: zone.drivePeriod)
    }
}

extension ControllerZone.Actuator {
    init(_ actuator: CoolingZoneSettings.Actuator) {
        switch actuator {
        case .trayFans(let tray): self = .trayFans(tray)
        case .fanWall: self = .fanWall
        case .pumps: self = .pumps
        }
    }
}

extension ControllerZone.Input {
    init(_ input: CoolingZoneSettings.Input) {
        switch input {
        case .accelerators: self = .accelerators
        case .hosts: self = .hosts
        case .coolantSupply: self = .coolantSupply
        case .coolantReturn: self = .coolantReturn
        }
    }
}

extension ControllerZone.Loop {
    init(_ loop: CoolingZoneSettings.Loop, minimum: PerMille, slew: SlewLimit) {
        let law: ThermalLaw
        switch loop.law {
        case .pid(let setpoint, let proportional, let integral, let derivative):
            law = .pid(
                PIDLaw(
                    proportional: proportional, integral: integral, derivative: derivative, lowest: minimum,
                    highest: .whole, slew: slew), setpoint: setpoint)
        case .stepwise(let steps, let rise, let fall):
            var staircase = StepwiseLaw(rise: rise, fall: fall)
            for step in steps { staircase.append(CoolingStep(from: step.from, duty: step.duty)) }
            law = .stepwise(staircase)
        }
        self.init(
            input: ControllerZone.Input(loop.input), law: law, isCeiling: loop.isCeiling, failsafe: loop.failsafe)
    }
}

extension CoolingLimits {
    /// What an engineer reads off the plates of fans and pumps.
    init(_ plant: PlantConfiguration) {
        let wall = plant.cooling.fanWall.map { Double($0.count) * ($0.idlePower + $0.cubicPower) } ?? 0
        let pumps = plant.cooling.loop.map { Double($0.pumps.count) * ($0.pumps.idlePower + $0.pumps.cubicPower) } ?? 0
        let trays = plant.trays
        self.init(
            fanWall: Power(watts: wall), pumps: Power(watts: pumps),
            liquidTrays: pumps > 0 ? trays.indices.filter { trays[$0].cooling == .liquid } : [],
            wallTrays: wall > 0 ? trays.indices.filter { trays[$0].cooling == .air && trays[$0].fans == nil } : [])
    }
}
