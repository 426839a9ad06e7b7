public import RegisterMaps

/// What a device does, whatever its vendor: the class decides which signals its points may be bound to.
///
/// The one list of classes. A new one adds its case and its line in `made`; the compiler then asks for its flags and for what is
/// recorded of it (`Flags`, `Recorded`), for its wiring (`VirtualDeviceFactory`) and for its places in a rack
/// (`DeviceClass+Standing.swift`), and for nothing else.
public enum DeviceClass: UInt8, CaseIterable, Sendable {
    /// A tray's power-monitor MCU behind a hot-swap controller.
    case powerMonitor
    /// A rectifier of a power shelf.
    case powerSupply
    /// The baseboard management controller of a tray.
    case baseboardController
    /// The MCU that drives and watches a tray's fans, or a rack's fan wall.
    case fanController
    /// The rack controller itself, as it is seen from above.
    case rackController
    /// The pump unit of a rack's liquid loop.
    case pumpUnit
    /// A leak rope and a door contact.
    case leakSensor
    /// A battery or capacitor unit on the busbar.
    case backupUnit
    /// A shelf's power-management module: one unit that answers for the shelf's supplies or backup units.
    case shelfGateway
    /// What measures the rails of a tray, several shunts by one converter.
    case shuntMonitor
    /// What measures the whole rack at its busbar.
    case busbarMeter
    /// What asks a switch tray's optical modules and shows them to the rack.
    case opticsController
    /// What meters a feed's breaker and switches the shelves behind it.
    case rackPDU
    /// What feeds the busbar from another rack's.
    case powerTether
    /// The valve of a liquid loop's facility water, where it has an MCU of its own.
    case controlValve

    private var made: DeviceClassProfile {
        switch self {
        case .powerMonitor:
            DeviceClassProfile(
                PowerMonitorSignal.self, "power-monitor", title: "power monitor", watchdog: .watchdogTimeout)
        case .powerSupply: DeviceClassProfile(PowerSupplySignal.self, "power-supply", title: "power supply")
        case .baseboardController:
            DeviceClassProfile(BaseboardSignal.self, "bmc", title: "BMC", watchdog: .watchdogTimeout)
        case .fanController:
            DeviceClassProfile(
                FanControllerSignal.self, "fan-controller", title: "fan controller", watchdog: .watchdogTimeout)
        case .rackController: DeviceClassProfile(RackControllerSignal.self, "rack-controller", title: "rack controller")
        case .pumpUnit:
            DeviceClassProfile(PumpUnitSignal.self, "pump-unit", title: "pump unit", watchdog: .watchdogTimeout)
        case .leakSensor: DeviceClassProfile(LeakSensorSignal.self, "leak-sensor", title: "leak sensor")
        case .backupUnit:
            DeviceClassProfile(BackupUnitSignal.self, "backup-unit", title: "backup unit", watchdog: .watchdogTimeout)
        case .shelfGateway: DeviceClassProfile(ShelfGatewaySignal.self, "shelf-gateway", title: "shelf gateway")
        case .shuntMonitor: DeviceClassProfile(ShuntMonitorSignal.self, "shunt-monitor", title: "shunt monitor")
        case .busbarMeter: DeviceClassProfile(BusbarMeterSignal.self, "busbar-meter", title: "busbar meter")
        case .opticsController: DeviceClassProfile(OpticsSignal.self, "optics-controller", title: "optics controller")
        case .rackPDU: DeviceClassProfile(RackPDUSignal.self, "rack-pdu", title: "rack PDU")
        case .powerTether: DeviceClassProfile(PowerTetherSignal.self, "power-tether", title: "power tether")
        case .controlValve: DeviceClassProfile(ControlValveSignal.self, "control-valve", title: "control valve")
        }
    }

    private static let profiles = allCases.map(\.made)
    private var profile: DeviceClassProfile { Self.profiles[Int(rawValue)] }

    /// The word by which specs and scenarios name the class.
    public var specWord: String { profile.word }
    /// What people call it.
    public var title: String { profile.title }
    /// Every signal of the class, in the order of its enumeration.
    public var signals: [SignalDescription] { profile.signals }
    /// The time-out of the comms watchdog that a controller owes to a device of the class; `nil` where it arms none.
    public var watchdog: SignalIdentifier? { profile.watchdog }
    /// What a run records of a device as it tells it itself.
    public var recorded: [RecordedSignal] { profile.recorded }
}

/// What is known of a device class beside its firmware.
private struct DeviceClassProfile {
    let word: String
    let title: String
    let signals: [SignalDescription]
    let watchdog: SignalIdentifier?
    let recorded: [RecordedSignal]

    init<Signal: RecordedSignals>(_ type: Signal.Type, _ word: String, title: String, watchdog: Signal? = nil) {
        self.word = word
        self.title = title
        self.watchdog = watchdog?.identifier
        signals = type.allCases.map { SignalDescription($0) }
        recorded = type.recorded
    }
}
