import DeviceSpecs
import RegisterMaps
import Scenario
import Units
import YAMLReading

/// `sensor: tray-2/monitor.current` with `stuck: true`, `drift: 50 mA/s` or `gain: 90 %`.
struct SensorFaultReader {
    let targets: RackTargets

    func read(_ place: YAMLValue, _ mapping: YAMLMapping) -> EventReader.TitledAction? {
        let fields = ["stuck", "drift", "gain"].map { mapping.optional($0) }
        let target = readTarget(place)
        guard fields.compactMap({ $0 }).count == 1 else {
            place.problem("expected one of stuck, drift, gain beside a sensor, found \(fields.compactMap { $0 }.count)")
            return nil
        }
        let fault: SensorFault?
        let title: String
        if let stuck = fields[0] {
            (fault, title) = (stuck.bool() == true ? .stuck : nil, "stuck")
            if stuck.scalarText == "false" { stuck.expected("true") }
        } else if let drift = fields[1] {
            let perSecond = readDrift(drift, target?.sensor)
            (fault, title) = (perSecond.map { .drift(perSecond: $0) }, "drift \(drift.scalarText ?? "")")
        } else if let gain = fields[2] {
            (fault, title) = (gain.perMille(in: 0...10).map { .gain($0) }, "gain \(gain.scalarText ?? "")")
        } else {
            return nil
        }
        guard let target, let fault else { return nil }
        return (
            .sensorFault(device: target.device, sensor: target.sensor, fault: fault),
            "sensor \(place.scalarText ?? "") \(title)"
        )
    }

    private func readTarget(_ place: YAMLValue) -> (device: Int, sensor: SensedQuantity)? {
        guard let text = place.string("a sensor such as tray-2/monitor.current") else { return nil }
        guard let dot = text.lastIndex(of: "."),
            let sensor = SensedQuantity(rawValue: String(text[text.index(after: dot)...]))
        else {
            let words = SensedQuantity.allCases.map(\.rawValue).joined(separator: ", ")
            place.expected("a device and one of its sensors (\(words)) such as \"tray-2/monitor.current\"")
            return nil
        }
        guard let rack = targets.rack, let device = targets.device(String(text[..<dot]), place) else { return nil }
        let known = rack.devices[device].specification.deviceClass?.standing.sensors ?? SensedQuantity.allCases
        guard known.contains(sensor) else {
            let words = known.isEmpty ? "none" : known.map(\.rawValue).joined(separator: ", ")
            place.problem("\(rack.devices[device].path) has no \(sensor.rawValue) sensor; it has \(words)")
            return nil
        }
        return (device, sensor)
    }

    private func readDrift(_ place: YAMLValue, _ sensor: SensedQuantity?) -> Int64? {
        let dimension: Dimension =
            switch sensor {
            case .voltage: .voltage
            case .temperature: .temperature
            case .speed: .rotationalSpeed
            case .current, nil: .current
            }
        let text = place.scalarText ?? ""
        let suffix = [" per s", "/s"].first { text.hasSuffix($0) }
        if let suffix, let exact = ExactQuantity.parse(String(text.dropLast(suffix.count)), as: dimension) {
            return exact.wholeBaseUnits
        }
        // Without a known sensor the unit cannot be judged; the sensor's own mistake is reported.
        if sensor != nil { place.expected("a \(dimension.title) per second such as \"\(dimension.example)/s\"") }
        return nil
    }
}
