import ControlLaws
import DeviceSpecs
import RegisterMaps
import Units

/// Which settings make a device safe to rely on, in the order in which they are written.
///
/// Limits first, then the comms watchdog: one that is armed before its fallback is set could fall back to a value of
/// yesterday. A tray's BMC gets the cap as it is asked at that moment.
struct ArmingPlan {
    private(set) var settings: [ArmingSetting] = []
    private(set) var writablePoints: [PointDefinition] = []
    private let specification: DeviceSpecification
    private let firstPoint: Int

    /// Opens the protected settings of a power monitor (`PowerMonitorSignal.writeKey`); any other value closes them.
    private static let writeKey: Int64 = 0x5A5A
    /// DCMI Set Power Limit: the exception action "log only" (11h). Powering a tray off is an operator's decision.
    private static let logOnly: Int64 = 0x11

    init(
        of specification: DeviceSpecification, configuration: ControllerConfiguration, firstPoint: Int
    ) {
        self.specification = specification
        self.firstPoint = firstPoint
        let isCapping = configuration.law.isCapping
        let watchdog = configuration.deviceWatchdog.milliseconds
        switch specification.deviceClass {
        case .powerMonitor where isCapping:
            append(PowerMonitorSignal.writeKey, .constant(Self.writeKey))
            append(PowerMonitorSignal.defaultPowerLimit, .guardDefaultLimit)
            append(PowerMonitorSignal.powerLimit, .guardLimit)
            append(PowerMonitorSignal.watchdogTimeout, .watchdog(watchdog * 2))
            append(PowerMonitorSignal.writeKey, .constant(0))
        case .baseboardController where isCapping:
            append(BaseboardSignal.exceptionAction, .constant(Self.logOnly))
            append(BaseboardSignal.defaultLimit, .defaultCap)
            append(BaseboardSignal.powerLimit, .cap)
            append(BaseboardSignal.limitActive, .activation)
            append(BaseboardSignal.watchdogTimeout, .watchdog(watchdog))
        case .fanController:
            append(FanControllerSignal.failsafeDuty, .constant(configuration.failsafeDuty.perMille))
            append(FanControllerSignal.dutyCommand, .duty)
            append(FanControllerSignal.watchdogTimeout, .watchdog(watchdog))
        case .pumpUnit:
            append(PumpUnitSignal.failsafeDuty, .constant(configuration.failsafeDuty.perMille))
            append(PumpUnitSignal.dutyCommand, .duty)
            append(PumpUnitSignal.watchdogTimeout, .watchdog(watchdog))
        case .backupUnit:
            // Nothing is charged before the budget is known to bear it.
            append(BackupUnitSignal.chargeLimit, .constant(0))
            append(BackupUnitSignal.chargeCurrentLimit, .constant(0))
            append(BackupUnitSignal.watchdogTimeout, .watchdog(watchdog))
        default: break
        }
    }

    private mutating func append(_ signal: some DeviceSignal, _ value: ArmingSetting.Value) {
        guard let point = writablePoint(of: signal) else { return }
        settings.append(ArmingSetting(point: point, value: value))
    }

    /// The index of the writable point bound to the signal, or `nil` where the device has none.
    mutating func writablePoint(of signal: some DeviceSignal) -> Int? {
        guard let definition = specification.point(boundTo: signal.identifier)?.definition,
            definition.access != .readOnly, definition.table == .holdingRegisters || definition.table == .coils,
            definition.wordCount <= 4
        else { return nil }
        let known = writablePoints.firstIndex {
            $0.address == definition.address && $0.table == definition.table
        }
        if let known { return firstPoint + known }
        writablePoints.append(definition)
        return firstPoint + writablePoints.count - 1
    }
}
