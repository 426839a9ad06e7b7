public import Scenario
public import Units

/// One thing that goes wrong, from when and for how long; or a change of load or budget that the rack must follow.
public struct Trouble: Sendable {
    public enum Action: Sendable {
        case failSupply(shelf: Int, slot: Int)
        case line(BusFault)
        case sensor(device: Int, SensedQuantity, SensorFault)
        case reboot(device: Int)
        case cut(device: Int)
        case stallFan(tray: Int, fan: Int)
        case budget(Power)
        case load(PerMille)
        case loseFeed(Int)
        case inlet(Temperature)
        case tether(TetherAction)
        case stop(ControllerSeatName)
        case pause(ControllerSeatName)
    }

    public var action: Action
    /// Whole milliseconds from the start of the run.
    public var at: Int64
    /// Whole milliseconds; 0 for a restart, which ends by itself.
    public var length: Int64

    public init(_ action: Action, at: Int64, length: Int64) {
        self.action = action
        self.at = at
        self.length = length
    }

    public var end: Int64 { at + length }
}

/// All that one run of a swarm meets: drawn from a seed, and less of it while it is shrunk.
public struct TroubleSchedule: Sendable {
    /// Of the run: everything else that is random in it.
    public var seed: UInt64
    /// Whole milliseconds.
    public var duration: Int64
    /// Parameters and values of the scenario with what they are set to.
    public var values: [(path: String, value: String)]
    /// By rising instant.
    public var troubles: [Trouble]

    public init(seed: UInt64, duration: Int64, values: [(path: String, value: String)], troubles: [Trouble]) {
        self.seed = seed
        self.duration = duration
        self.values = values
        self.troubles = troubles
    }
}
