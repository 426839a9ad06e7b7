import ControlLaws
import Units

/// What the controller keeps of a cooling zone.
struct ZoneRecord {
    let definition: ControllerZone
    /// Into the controller's devices; -1 where nothing drives the zone.
    var device: Int
    var loops: ContiguousArray<ThermalLoop>
    /// What each loop sees in this round.
    var inputs: ContiguousArray<Temperature?>
    var law: CoolingZone
    var thermalDue = Instant.start
    var driveDue = Instant.start
    /// The duty asked of the device, and what it acknowledged.
    var duty: PerMille
    var confirmedDuty: PerMille?
    var dutyWrittenAt = Instant.start

    init(_ definition: ControllerZone, device: Int) {
        self.definition = definition
        self.device = device
        loops = ContiguousArray(
            definition.loops.map { ThermalLoop(law: $0.law, isCeiling: $0.isCeiling, failsafe: $0.failsafe) })
        inputs = ContiguousArray(repeating: nil, count: definition.loops.count)
        law = CoolingZone(
            minimum: definition.minimum, failsafe: definition.failsafe,
            toleratedFailures: definition.toleratedFailures, slew: definition.slew)
        duty = definition.failsafe
    }
}
