/// What a scenario is about: the shelf of the library on which it stands. The order is that of a course.
public enum ScenarioGroup: String, CaseIterable, Sendable {
    case firstSteps = "first-steps"
    case overload
    case training
    case inference
    case cooling
    case busTrouble = "bus-trouble"
    case firmwareTrouble = "firmware-trouble"
    case bringUp = "bring-up"
    case safety
    case secondSource = "second-source"
    case battery
    case supernode

    public var title: String {
        switch self {
        case .firstSteps: "First steps"
        case .overload: "Overload and redundancy"
        case .training: "Training swings"
        case .inference: "Inference bursts"
        case .cooling: "Cooling"
        case .busTrouble: "Bus trouble"
        case .firmwareTrouble: "Firmware trouble"
        case .bringUp: "Bring-up"
        case .safety: "Safety and recovery"
        case .secondSource: "Second source"
        case .battery: "Batteries and upstream supplies"
        case .supernode: "Supernodes"
        }
    }
}
