internal import Scenario

/// What a scenario, or a variant of it, says of its own run.
struct ProofClaim {
    /// With the variant's values in force.
    var scenario: ScenarioDefinition
    /// `nil` for the scenario as it stands, which must hold.
    var variant: ScenarioVariant?

    var label: String { variant.map { "  " + $0.name } ?? scenario.name }

    /// Indices of the expectations that must fail.
    var failing: [Int] { variant?.failing ?? [] }
}
