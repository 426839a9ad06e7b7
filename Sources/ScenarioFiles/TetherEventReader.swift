import Scenario
import YAMLReading

/// Reads what a scenario does to a power tether; `nil` where that is mistaken, with the reason logged.
struct TetherEventReader {
    let targets: RackTargets

    /// Whether the verb's object is a tether; otherwise it is for others to read.
    func reads(_ place: YAMLValue) -> Bool { targets.isTether(place.scalarText ?? "") }

    func fail(_ place: YAMLValue) -> TetherAction? { targets.tether(place).map { .fail($0) } }
    func lose(_ place: YAMLValue) -> TetherAction? { targets.tether(place).map { .lose($0) } }
    func unplug(_ place: YAMLValue) -> TetherAction? { targets.tether(place).map { .unplug($0) } }
    func restore(_ place: YAMLValue) -> TetherAction? { targets.tether(place).map { .restore($0) } }

    /// `wear: tether-1` with `contact: 3 mOhm`, up to what no plug that is still in its socket has.
    func wear(_ place: YAMLValue, _ mapping: YAMLMapping) -> TetherAction? {
        let contact = mapping.required("contact")?.compound(.resistance, in: 0.000_001...1)
        guard let tether = targets.tether(place), let contact else { return nil }
        return .wear(tether, microohms: Int64((contact * 1e6).rounded()))
    }
}
