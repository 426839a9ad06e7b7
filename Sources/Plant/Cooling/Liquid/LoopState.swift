/// The circuit's quantities that change.
struct LoopState: BitwiseCopyable {
    /// kg/s through the pumps, Pa that they make, W that they draw.
    var flow = 0.0
    var pressure = 0.0
    var power = 0.0
    /// degC of what goes to the trays, and of what comes back from them.
    var supply: Double
    var back: Double
    /// W given to the facility water.
    var heat = 0.0
    /// degC of the facility water.
    var facility: Double
    /// Of the facility valve, 0...1: where it is and where it was told to go.
    var valve = LiquidLoop.initialValve
    var valveTarget = LiquidLoop.initialValve
    /// What the pump unit's analogue output asks of it; where the valve has an MCU of its own, that sets the target.
    var valveSignal = LiquidLoop.initialValve
    var valveHasOwnDrive = false
    var valveIsStuck = false
    /// kg in the reservoir.
    var reserve: Double
    /// kg/s that a leak outside the trays loses at the design pressure, and kg that it has lost.
    var leak = 0.0
    var spilled = 0.0
    /// Something about the circuit's resistance changed.
    var isOpenChanged = true
    /// Pa per (kg/s)^2 of all open branches and the common path.
    var resistance = 0.0
}
