internal import RackControl
internal import Scenario
internal import Units

/// A place in which a controller runs: what has happened to it, and its side of the lease.
final class ControllerSeat {
    let name: ControllerSeatName
    /// How often each has been asked for and not been undone: events of a scenario may overlap.
    var stops = 0
    var pauses = 0
    var busPartitions = 0
    var leasePartitions = 0
    /// `nil` where there is no standby, and nobody to share with.
    var lease: LeaseHolder?
    /// The claim under way, and the keeper's answer to it.
    var claim: LeaseClaim?
    var answer: LeaseAnswer?
    /// What ended on the buses while the controller stood still.
    var undelivered: [BusTransaction] = []

    init(_ name: ControllerSeatName) { self.name = name }

    var isRunning: Bool { stops == 0 && pauses == 0 }
}
