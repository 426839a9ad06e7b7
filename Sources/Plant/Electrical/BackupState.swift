/// What a backup unit's converter is told to do.
public enum BackupCommand: Hashable, Sendable, BitwiseCopyable {
    case off
    /// So many W into the busbar; below zero it charges.
    case power(Double)
    /// Keeps the busbar from falling below its own load line, with all that this takes.
    case hold
}

/// One battery or capacitor unit.
struct BackupState: BitwiseCopyable {
    /// V of the busbar below which the charger stops. The low end of what Open Rack V3 devices work at, 46...52 V (typical).
    static let chargeLockOut = 46.0
    /// From this charge on the charger tapers off (constant voltage), down to `taperEnd` of its power at full charge;
    /// typical of lithium-ion packs.
    static let taperStart = 0.95
    static let taperEnd = 0.02
    /// s with which the store's temperature follows its losses, and its rise, K per W. Typical of a kilogram of cells in
    /// forced air: 15 K at 200 W.
    static let lossTime = 300.0
    static let heatResistance = 0.075

    let isCapacitor: Bool
    let capacity: Double
    let dischargePower: Double
    let chargePower: Double
    let emptyVoltage: Double
    let fullVoltage: Double
    let resistance: Double
    let efficiency: Double
    let holdVoltage: Double
    /// A/V of its load line, and A at its limit.
    let conductance: Double
    let limitCurrent: Double
    /// J below which nothing can be taken out: two steps at full power.
    let reserve: Double

    var command = BackupCommand.off
    /// J inside the store.
    var energy: Double
    /// W into the busbar in the last step.
    var power = 0.0
    /// V and A of the store; the current is positive when it is discharged.
    var packVoltage: Double
    var packCurrent = 0.0
    /// W, smoothed.
    var smoothedLoss = 0.0
    var loss = 0.0
    var isFailed = false
    /// Its place in the shelf is empty.
    var isAbsent = false

    init(_ unit: BackupUnitConfiguration, step: Double) {
        isCapacitor = unit.kind == .capacitor
        capacity = unit.energy
        dischargePower = unit.dischargePower
        chargePower = unit.chargePower
        emptyVoltage = unit.emptyVoltage
        fullVoltage = unit.fullVoltage
        resistance = unit.resistance
        efficiency = unit.efficiency
        holdVoltage = unit.holdVoltage
        // A unit at its rated power must not be thrown off its line by a rounding error.
        limitCurrent = unit.dischargePower / (unit.holdVoltage - unit.holdDroop) * (1 + 1e-9)
        conductance = limitCurrent / unit.holdDroop
        reserve = 2 * unit.dischargePower * step / unit.efficiency
        energy = unit.energy * unit.initialCharge
        packVoltage = unit.emptyVoltage
        packVoltage = openVoltage
    }

    var charge: Double { energy / capacity }
    var canDischarge: Bool { !isFailed && !isAbsent && energy > reserve }

    /// V of the store without current.
    var openVoltage: Double {
        guard isCapacitor else { return emptyVoltage + (fullVoltage - emptyVoltage) * charge }
        let (low, high) = (emptyVoltage * emptyVoltage, fullVoltage * fullVoltage)
        return (low + (high - low) * charge).squareRoot()
    }

    /// What of the wanted power the unit can give or take, W.
    func possible(_ wanted: Double, busVoltage: Double) -> Double {
        guard !isFailed, !isAbsent else { return 0 }
        if wanted >= 0 { return canDischarge ? min(wanted, min(dischargePower, busVoltage * limitCurrent)) : 0 }
        guard busVoltage > BackupState.chargeLockOut else { return 0 }
        let span = 1 - BackupState.taperStart
        let taper = max(0, min(1, (1 - charge) / span))
        return max(wanted, -chargePower * (BackupState.taperEnd + (1 - BackupState.taperEnd) * taper))
    }

    /// Gives `power` for one step, or takes it; returns the J that this cost in heat.
    mutating func exchange(_ power: Double, step: Double) -> Double {
        self.power = power
        var pack = power > 0 ? power / efficiency : power * efficiency
        // The last step of a charge takes no more than is missing.
        if pack * step < energy - capacity { pack = (energy - capacity) / step }
        if power < 0 { self.power = pack / efficiency }
        packCurrent = pack / packVoltage
        let heat = packCurrent * packCurrent * resistance
        energy = min(capacity, max(0, energy - (pack + heat) * step))
        packVoltage = max(0.5 * emptyVoltage, openVoltage - packCurrent * resistance)
        loss = pack + heat - self.power
        return loss * step
    }
}
