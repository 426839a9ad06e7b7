/// What is recorded of a power tether.
public enum TetherSignal: Hashable, Sendable {
    /// To this rack's busbar.
    case power
    /// Taken from the other rack's busbar.
    case sourcePower
    /// Through the cable.
    case current
    /// At this rack's end of the cable.
    case inputVoltage
    /// Temperature of the hotter plug.
    case contact
    /// Whether it feeds the busbar.
    case isOn
}
