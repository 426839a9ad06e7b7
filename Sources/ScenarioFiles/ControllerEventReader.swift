import Scenario
import Units
import YAMLReading

/// Reads what happens to a controller itself: `stop: controller`, `partition: standby, from: lease`.
struct ControllerEventReader {
    let hasStandby: Bool

    /// How long a controller that restarts is away, where the scenario does not say: a process that its supervisor starts
    /// again (typical). A whole machine takes ten times that.
    static let restartTime = Interval.seconds(2)

    func read(_ verb: EventReader.Verb, _ place: YAMLValue, _ mapping: YAMLMapping) -> EventReader.TitledAction? {
        guard let seat = place.choice(of: ControllerSeatName.self) else { return nil }
        if seat == .standby, !hasStandby {
            place.problem(
                "there is no standby; expected one in the controller's settings, such as standby: {takes-over-after: 2 s}"
            )
        }
        let text = "\(verb.rawValue) \(seat.rawValue)"
        switch verb {
        case .stop, .restart: return (.stopController(seat), text)
        case .pause: return (.pauseController(seat), text)
        case .partition:
            guard let reach = mapping.required("from")?.choice(of: ControllerReach.self) else { return nil }
            return (.partitionController(seat, from: reach), "\(text) from \(reach.rawValue)")
        default: return nil
        }
    }
}
