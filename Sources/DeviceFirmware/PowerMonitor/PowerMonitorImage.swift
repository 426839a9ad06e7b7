public import Units

/// What a power monitor's converters see at one instant, before any of their errors.
@frozen
public struct PowerMonitorImage: Sendable {
    /// Busbar voltage at the tray's input, uV.
    public var busMicrovolts: Int64
    /// Current through the shunt, uA; negative flows back into the busbar.
    public var currentMicroamperes: Int64
    /// At the hot-swap transistor.
    public var boardTemperature: Temperature
    /// Level of the rack's power-brake line. It reaches the accelerators by a wire of its own; the MCU only sees it.
    public var isBrakeLinePulled: Bool

    @inlinable public init(
        busMicrovolts: Int64, currentMicroamperes: Int64, boardTemperature: Temperature, isBrakeLinePulled: Bool = false
    ) {
        self.isBrakeLinePulled = isBrakeLinePulled
        self.busMicrovolts = busMicrovolts
        self.currentMicroamperes = currentMicroamperes
        self.boardTemperature = boardTemperature
    }
}

/// The lines that a power monitor drives.
@frozen
public struct PowerMonitorOutputs: Hashable, Sendable {
    /// The power-brake line to the tray's accelerators. Pulled inactive while the MCU boots.
    public var brake: Bool
    /// The open-drain alert line: a sticky fault waits to be read and cleared.
    public var alert: Bool

    @inlinable public init(brake: Bool = false, alert: Bool = false) {
        self.brake = brake
        self.alert = alert
    }
}
