/// Where a pump unit has found coolant, in the bits of `Leakage` of the Open Rack V3 pumping unit.
@frozen
public struct PumpUnitLeaks: FlagSet {
    public let rawValue: UInt16
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The leak line of one of the four first trays; the real unit has four of them.
    public static func tray(_ index: UInt16) -> Self { bit(index) }
    /// In the unit itself.
    public static var inside: Self { bit(4) }
    /// In the rack's pan, below hoses and manifolds.
    public static var pan: Self { bit(8) }
}
