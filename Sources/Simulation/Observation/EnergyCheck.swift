internal import Plant
internal import RunRecords
internal import Scenario

/// Energy is neither made nor lost: what the trays drew, by the checker's own integral, is what the supplies delivered,
/// and what came in is what went out, plus losses, plus what hold-up stores and backup units gained or were carried away
/// with.
struct EnergyCheck {
    /// W s by the checker's own integral.
    let drawn: Double
    /// J in the hold-up stores and backup units at the start of the run, and V on the bus.
    var storedAtStart: Double
    private let voltageAtStart: Double
    private let plant: RackPlant

    /// Rounding of some million additions, and the one step by which the two integrals may be apart.
    private static let tolerance = 1e-3

    /// Every hold-up store is full at the start, every backup unit charged as the rack says, and nothing loads the supplies.
    init(drawn: Double, scenario: ScenarioDefinition, plant: RackPlant) {
        self.drawn = drawn
        self.plant = plant
        let shelves = scenario.rack.plant.shelves
        storedAtStart = shelves.reduce(0) { $0 + Double($1.supplyCount) * $1.supply.holdUpEnergy }
        storedAtStart += scenario.rack.plant.backups.reduce(0) { sum, shelf in
            sum + Double(shelf.unitCount) * shelf.unit.energy * shelf.unit.initialCharge
        }
        voltageAtStart = shelves.map(\.supply.noLoadVoltage).max() ?? 0
    }

    var outcome: CheckOutcome {
        let delivered = plant.energyOut
        let deviation = relative(drawn, delivered)
        let taken = plant.energyIn + storedAtStart - plant.energyStored
        let given = plant.energyOut + plant.energyLost + plant.energyCarriedOut
        // What the bus's own capacitance gave or took is in neither account.
        let unaccounted = 0.5 * plant.busCapacitance * voltageAtStart * voltageAtStart
        let missing = max(0, (taken - given).magnitude - unaccounted)
        let balance = missing / max(taken, given, 1)
        return CheckOutcome(
            name: "energy is conserved", held: deviation <= Self.tolerance && balance <= Self.tolerance,
            explanation: "drawn and delivered differ by \(partsPerMillion(deviation)), in and out by "
                + partsPerMillion(balance))
    }

    private func relative(_ one: Double, _ other: Double) -> Double {
        (one - other).magnitude / max(one.magnitude, other.magnitude, 1)
    }

    private func partsPerMillion(_ share: Double) -> String { "\(Int(share * 1e6)) ppm" }
}
