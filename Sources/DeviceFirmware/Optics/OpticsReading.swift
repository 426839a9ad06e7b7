import Units

/// What the communication MCU read of one module last.
struct OpticsReading: Sendable {
    var state = OpticalModuleState.absent
    var temperature = Temperature.zero
    /// mV.
    var supply: Int64 = 0
    /// Microamperes.
    var bias: Int64 = 0
    /// Tenths of a microwatt.
    var sent: Int64 = 0
    var received: Int64 = 0
    var power = Power.zero
    var takenAt = Instant.start
}
