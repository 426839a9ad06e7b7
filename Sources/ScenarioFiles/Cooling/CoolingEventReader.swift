import Scenario
import YAMLReading

/// Reads what a scenario does to the rack's own cooling; `nil` where that is mistaken, with the reason logged.
struct CoolingEventReader {
    let targets: RackTargets

    func leak(_ place: YAMLValue, _ mapping: YAMLMapping) -> CoolingAction? {
        let rate = mapping.required("rate")?.physical(.flow, in: 0.001...200)
        guard let tray = targets.leak(place), let rate else { return nil }
        return .leak(tray: tray, rate: Int64((rate * 1000).rounded()))
    }

    func stick(_ place: YAMLValue) -> CoolingAction? {
        guard targets.hasLoop(place) else { return nil }
        guard place.scalarText == "cdu/valve" else {
            place.expected("cdu/valve")
            return nil
        }
        return .stickValve
    }

    func open(_ place: YAMLValue) -> CoolingAction? {
        guard place.scalarText == "door" else {
            place.expected("door")
            return nil
        }
        return targets.hasDoor(place) ? .openDoor : nil
    }

    func press(_ place: YAMLValue) -> CoolingAction? {
        targets.emergencyStop(place).map { .pressEmergency(device: $0) }
    }

    /// `restore: cdu/pump-1` or `restore: fan-wall/fans.3`.
    func restore(_ place: YAMLValue, _ path: String) -> CoolingAction? {
        path.hasPrefix("cdu/")
            ? targets.pump(place).map { .restorePump($0) } : targets.wallFan(place).map { .restoreWallFan($0) }
    }

    func facility(_ place: YAMLValue) -> CoolingAction? {
        guard targets.hasLoop(place), let temperature = place.temperature(in: 1...70) else { return nil }
        return .setFacilityTemperature(temperature)
    }
}
