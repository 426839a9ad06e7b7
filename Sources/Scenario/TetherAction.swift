/// What a scenario does to a power tether; undone at the event's end.
public enum TetherAction: Sendable {
    /// The converter dies.
    case fail(Int)
    /// The other rack's busbar dies.
    case lose(Int)
    /// The plug is drawn.
    case unplug(Int)
    /// The contacts wear to a resistance, in microohms.
    case wear(Int, microohms: Int64)
    /// Converter, plug and contacts are as new.
    case restore(Int)

    public var tether: Int {
        switch self {
        case .fail(let tether), .lose(let tether), .unplug(let tether), .wear(let tether, _), .restore(let tether):
            tether
        }
    }
}
