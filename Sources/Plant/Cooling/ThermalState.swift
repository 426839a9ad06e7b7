/// The cooling path of one tray.
struct ThermalState: BitwiseCopyable {
    /// First accelerator of the tray in the thermal buffers, and its first element in the tray bank.
    let first: Int
    let firstElement: Int
    let count: Int
    let isLiquid: Bool
    let sinkResistance: Double
    let dieCapacity: Double
    let sinkCapacity: Double
    /// W/K that the medium carries away at full flow.
    let fullCapacity: Double
    /// Whether fans move the air: the tray's own, or the rack's wall.
    let hasFans: Bool
    let throttleTemperature: Double
    let shutdownTemperature: Double
    /// degC per W of host power.
    let hostResistance: Double

    var inletTemperature: Double
    var outletTemperature: Double
    var hostTemperature: Double
    var hottest: Double
    /// Some accelerator's level is below 1.
    var isThrottling = false
}
