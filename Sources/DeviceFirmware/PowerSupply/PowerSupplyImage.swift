public import Units

/// What a power supply's converters and pins see at one instant, before any of their errors.
@frozen
public struct PowerSupplyImage: Sendable {
    /// Root mean square, line to neutral, uV.
    public var inputMicrovolts: Int64
    /// Root mean square, uA.
    public var inputMicroamperes: Int64
    /// mHz.
    public var inputMillihertz: Int64
    public var powerFactor: PerMille
    /// Total harmonic distortion of the input current.
    public var inputDistortion: PerMille
    /// Before the ORing device, uV.
    public var outputMicrovolts: Int64
    /// uA.
    public var outputMicroamperes: Int64
    /// Behind the ORing device, uV.
    public var busMicrovolts: Int64
    /// Bulk capacitor, the hold-up store, uV.
    public var bulkMicrovolts: Int64
    /// Current-share bus, uA.
    public var shareMicroamperes: Int64
    public var inletTemperature: Temperature
    public var outletTemperature: Temperature
    /// At the transformer of the LLC converter, the hottest part.
    public var hotSpotTemperature: Temperature
    public var busClipTemperatures: InlineArray<2, Temperature>
    public var fanSpeeds: InlineArray<2, RotationalSpeed>
    /// AC stands at the input relay.
    public var isInputPresent: Bool
    /// The power-factor-correction stage reports an internal failure.
    public var hasInputStageFailed: Bool
    /// The DC-DC stage reports an internal failure.
    public var hasOutputStageFailed: Bool
    /// The shelf's PSKILL line, which also says that the module is being pulled.
    public var isKillAsserted: Bool

    /// A healthy supply at no load on 230 V, cold; set what is otherwise.
    public init() {
        inputMicrovolts = 230_000_000
        inputMicroamperes = 0
        inputMillihertz = 50_000
        powerFactor = .whole
        inputDistortion = .zero
        outputMicrovolts = 50_000_000
        outputMicroamperes = 0
        busMicrovolts = 50_000_000
        bulkMicrovolts = 420_000_000
        shareMicroamperes = 0
        inletTemperature = .degrees(25)
        outletTemperature = .degrees(25)
        hotSpotTemperature = .degrees(25)
        busClipTemperatures = InlineArray(repeating: .degrees(25))
        fanSpeeds = InlineArray(repeating: .zero)
        isInputPresent = true
        hasInputStageFailed = false
        hasOutputStageFailed = false
        isKillAsserted = false
    }
}

/// What a power supply's MCU drives.
@frozen
public struct PowerSupplyOutputs: Hashable, Sendable {
    /// The DC-DC stage may run.
    public var isOutputEnabled: Bool
    /// At no load; the load line is the power stage's own.
    public var voltageSetpoint: Voltage
    /// Of the supply's own fans.
    public var fanDuty: PerMille
    /// The shelf's AC_LOSS_L line is pulled down by this supply.
    public var isACLossAsserted: Bool
    /// The pulse-management line is forced.
    public var forcesPulseManagement: Bool

    public init(
        isOutputEnabled: Bool, voltageSetpoint: Voltage, fanDuty: PerMille, isACLossAsserted: Bool = false,
        forcesPulseManagement: Bool = false
    ) {
        self.isOutputEnabled = isOutputEnabled
        self.voltageSetpoint = voltageSetpoint
        self.fanDuty = fanDuty
        self.isACLossAsserted = isACLossAsserted
        self.forcesPulseManagement = forcesPulseManagement
    }
}
