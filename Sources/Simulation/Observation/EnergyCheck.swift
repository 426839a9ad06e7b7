internal import Plant
internal import RunRecords

/// Energy is neither made nor lost: what the trays drew, by the checker's own integral, is what the supplies delivered,
/// and what came in is what went out, plus losses, plus what the hold-up stores gained.
struct EnergyCheck {
    /// W s by the checker's own integral.
    let drawn: Double
    let plant: RackPlant

    /// Rounding of some million additions, and the one step by which the two integrals may be apart.
    private static let tolerance = 1e-3

    var outcome: CheckOutcome {
        let delivered = plant.energyOut
        let deviation = relative(drawn, delivered)
        let balance = relative(plant.energyIn, plant.energyOut + plant.energyLost)
        let held = deviation <= Self.tolerance && balance <= Self.tolerance + storedShare
        return CheckOutcome(
            name: "energy is conserved", held: held,
            explanation: "drawn and delivered differ by \(partsPerMillion(deviation)), in and out by "
                + partsPerMillion(balance))
    }

    /// Hold-up energy may have been given or taken since the start.
    private var storedShare: Double { plant.energyStored / max(plant.energyIn, 1) }

    private func relative(_ one: Double, _ other: Double) -> Double {
        (one - other).magnitude / max(one.magnitude, other.magnitude, 1)
    }

    private func partsPerMillion(_ share: Double) -> String { "\(Int(share * 1e6)) ppm" }
}
