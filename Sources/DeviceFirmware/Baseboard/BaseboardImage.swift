public import Units

/// What a tray's BMC gets from its sensors and from the accelerators at one instant.
///
/// 16 accelerators at most. About 300 octets: it travels by reference to the step, which reads what is fitted.
@frozen
public struct BaseboardImage: Sendable {
    /// At the tray's input, all included.
    public var trayPower: Power
    /// Host processors, memory, network cards and conversion losses.
    public var hostPower: Power
    public var inletTemperature: Temperature
    public var outletTemperature: Temperature
    public var hostTemperature: Temperature
    public var acceleratorPowers: InlineArray<16, Power>
    public var acceleratorTemperatures: InlineArray<16, Temperature>

    /// A tray without power at 25 degrees; set what is otherwise.
    @inlinable public init() {
        trayPower = .zero
        hostPower = .zero
        inletTemperature = .degrees(25)
        outletTemperature = .degrees(25)
        hostTemperature = .degrees(25)
        acceleratorPowers = InlineArray(repeating: .zero)
        acceleratorTemperatures = InlineArray(repeating: .degrees(25))
    }
}

/// What a tray's BMC drives.
@frozen
public struct BaseboardOutputs: Hashable, Sendable {
    /// The tray's main power is on.
    public var isPowerOn: Bool
    /// The power limit given to each accelerator.
    public var acceleratorLimit: Power

    @inlinable public init(isPowerOn: Bool, acceleratorLimit: Power) {
        self.isPowerOn = isPowerOn
        self.acceleratorLimit = acceleratorLimit
    }
}
