public import Units

/// What a backup unit's converters, pins and shelf bus show at one instant.
@frozen
public struct BackupUnitImage: Sendable {
    /// uV and uA, before any error of the converters; the current is positive when the store is discharged.
    public var busMicrovolts: Int64
    public var packMicrovolts: Int64
    public var packMicroamperes: Int64
    /// Into the busbar, as the converter reckons it from its duty.
    public var power: Power
    public var temperature: Temperature
    /// The AC_LOSS_L line of the power shelves that it backs.
    public var isInputLost: Bool
    /// Of all supplies, and of all backup units, on the busbar: told by the shelves' own buses.
    public var supplyPower: Power
    public var backupPower: Power
    /// The converter reports an internal failure.
    public var hasFailed: Bool

    @inlinable public init() {
        busMicrovolts = 50_000_000
        packMicrovolts = 50_000_000
        packMicroamperes = 0
        power = .zero
        temperature = .degrees(25)
        isInputLost = false
        supplyPower = .zero
        backupPower = .zero
        hasFailed = false
    }
}

/// What a backup unit's MCU tells its converter.
@frozen
public enum BackupUnitOutputs: Hashable, Sendable {
    case off
    /// Into the busbar; below zero it charges.
    case power(Power)
    /// Keeps the busbar from falling below the converter's own load line.
    case hold
}
