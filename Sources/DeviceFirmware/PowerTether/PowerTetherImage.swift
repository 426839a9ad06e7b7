public import Units

/// What a power tether's converters and pins see at one instant, before any of their errors.
@frozen
public struct PowerTetherImage: Sendable {
    /// At the input terminals, uV and uA.
    public var inputMicrovolts: Int64
    public var inputMicroamperes: Int64
    /// At the far end of the cable, uV; without meaning while the sense pair brings nothing.
    public var remoteMicrovolts: Int64
    /// Something comes over the sense pair: the plug is in.
    public var isRemoteSensed: Bool
    /// Before the ORing device, uV.
    public var outputMicrovolts: Int64
    public var outputMicroamperes: Int64
    /// Behind the ORing device, uV.
    public var busMicrovolts: Int64
    /// Current-share bus, uA.
    public var shareMicroamperes: Int64
    public var inletTemperature: Temperature
    public var outletTemperature: Temperature
    /// At the input terminals, into which the plug's heat goes.
    public var terminalTemperature: Temperature
    /// At the converter's inductors, the hottest part.
    public var hotSpotTemperature: Temperature
    public var fanSpeeds: InlineArray<2, RotationalSpeed>
    /// The DC-DC stage reports an internal failure.
    public var hasConverterFailed: Bool

    /// A healthy unit at no load, cold; set what is otherwise.
    public init() {
        inputMicrovolts = 51_000_000
        inputMicroamperes = 0
        remoteMicrovolts = 51_000_000
        isRemoteSensed = true
        outputMicrovolts = 51_000_000
        outputMicroamperes = 0
        busMicrovolts = 51_000_000
        shareMicroamperes = 0
        inletTemperature = .degrees(25)
        outletTemperature = .degrees(25)
        terminalTemperature = .degrees(25)
        hotSpotTemperature = .degrees(25)
        fanSpeeds = InlineArray(repeating: .zero)
        hasConverterFailed = false
    }
}

/// What a power tether's MCU drives.
@frozen
public struct PowerTetherOutputs: Hashable, Sendable {
    public var isRelayClosed: Bool
    /// The DC-DC stage may run.
    public var isOutputEnabled: Bool
    /// Of the unit's own fans.
    public var fanDuty: PerMille

    public init(isRelayClosed: Bool, isOutputEnabled: Bool, fanDuty: PerMille) {
        self.isRelayClosed = isRelayClosed
        self.isOutputEnabled = isOutputEnabled
        self.fanDuty = fanDuty
    }
}
