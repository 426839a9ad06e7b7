import Units

/// What is left in the store.
///
/// A battery's voltage says little under load, so what goes in and out is counted: a coulomb count, weighted with the
/// voltage at which each coulomb passes, so that the sum is an energy. The count is set right at the end of every
/// charge, when the store is known to be full. A capacitor's voltage says everything: half of C times its square.
struct ChargeEstimate: Sendable {
    private let isCapacitor: Bool
    let full: Energy
    private let low: Int64
    private let high: Int64
    private let microohms: Int64
    /// nJ: a microwatt for a millisecond is one.
    private var nanojoules: Int64

    /// Of a store that is told to be charged so far; a restart knows no better than what it kept in flash.
    init(_ configuration: BackupUnitConfiguration, charge: PerMille = .whole) {
        isCapacitor = configuration.isCapacitor
        full = configuration.energy
        low = configuration.emptyVoltage.millivolts
        high = configuration.fullVoltage.millivolts
        microohms = configuration.microohms
        nanojoules = configuration.energy.millijoules * 1000 * charge.perMille
    }

    /// Takes one sample: mV and mA of the store.
    mutating func take(voltage: Int64, current: Int64, elapsed: Interval) {
        guard isCapacitor else {
            // mV * mA = uW; times us = pJ.
            let passed = voltage * current * (elapsed.nanoseconds / 1000) / 1000
            // What the store's own resistance turned into heat is gone as well: mA^2 * uOhm = pW.
            let heat = current * current / 1000 * microohms / 1000 * (elapsed.nanoseconds / 1000) / 1000
            nanojoules = min(max(0, nanojoules - passed - heat), full.millijoules * 1_000_000)
            return
        }
        // Without the drop over the resistance: mA * uOhm = nV.
        let open = voltage + current * microohms / 1_000_000
        let part = (open * open - low * low) * 1000 / max(1, high * high - low * low)
        nanojoules = full.millijoules * 1000 * min(max(0, part), 1000)
    }

    mutating func setFull() { nanojoules = full.millijoules * 1_000_000 }

    var remaining: Energy { .millijoules(nanojoules / 1_000_000) }
    var charge: PerMille { .perMille(remaining.millijoules * 1000 / max(1, full.millijoules)) }
}
