public import Units

/// What a law is told of the units that smooth.
@frozen
public struct BackupSituation: Hashable, Sendable {
    /// Their mean charge.
    public var charge: PerMille
    /// What they hold together when full; zero where none can be reached.
    public var energy: Energy

    @inlinable public init(charge: PerMille, energy: Energy) {
        self.charge = charge
        self.energy = energy
    }
}
