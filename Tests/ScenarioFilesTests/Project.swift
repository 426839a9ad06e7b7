import DeviceSpecs
import Foundation
import Plant
import RegisterMaps
import ScenarioFiles
import Units
import YAMLReading

/// A project folder of the test's own, with a rack, an accelerator and device types of its own.
struct Project {
    let root: String

    /// The package's own folder, for what ships.
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    init() throws {
        root = NSTemporaryDirectory() + "busbar-\(UUID().uuidString)"
        for folder in ["Racks", "Accelerators", "Scenarios", "Firmware-specs"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        try write(Self.rack, to: "Racks/small.yaml")
        try write(Self.accelerator, to: "Accelerators/x1.yaml")
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    func write(_ text: String, to path: String) throws {
        try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
    }

    var files: ProjectFiles {
        ProjectFiles(
            root: root, loadSpecification: { (Self.specification($0), []) },
            builtInTrace: { name in
                name == "bursty"
                    ? [
                        InferenceRequest(arrival: 0, contextTokens: 100, generatedTokens: 10),
                        InferenceRequest(arrival: 1, contextTokens: 200, generatedTokens: 20),
                    ] : nil
            })
    }

    private static func specification(_ model: String) -> DeviceSpecification? {
        let types: [(String, DeviceClass?, ClosedRange<UInt8>)] = [
            ("pm", .powerMonitor, 16...47), ("bmc", .baseboardController, 48...79), ("fan", .fanController, 80...111),
            ("psu", .powerSupply, 192...247), ("any", .baseboardController, 1...247), ("plain", nil, 1...247),
            ("pump", .pumpUnit, 10...15),
            ("bbu", .backupUnit, 112...143), ("tether", .powerTether, 8...9),
        ]
        guard let type = types.first(where: { $0.0 == model }) else { return nil }
        return DeviceSpecification(
            model: model, deviceClass: type.1, says: "",
            identity: DeviceIdentity(vendor: "Busbar", product: model, revision: "1"),
            serial: SerialSettings(baud: 115_200, parity: .even, turnaround: .milliseconds(2), units: [type.2]),
            points: [],
            probe: nil)
    }

    /// Two trays of two accelerators on a shelf of three supplies.
    static let rack = """
        # A small rack.
        rack: small
        feeds:
          - {name: feed-a, breaker: {rated: 16 A, curve: very-inverse}}
        buses:
          - {name: line, rtu: {baud: 115200, parity: even}}
          - {name: net, tcp: {latency: 1 ms}}
        shelves:
          - {name: shelf-1, feed: feed-a, supplies: {count: 3, rated: 3 kW, spec: psu, bus: line, first-unit: 192}}
        trays:
          - name: tray-{n}
            count: 2
            accelerators: {model: x1, count: 2}
            host: {idle: 200 W, maximum: 500 W}
            fans: {count: 4}
            floor: 1 kW
            monitor: {spec: pm, bus: line, first-unit: 16}
            bmc: {spec: bmc, bus: net, first-unit: 48}
            fan-controller: {spec: fan, bus: line, first-unit: 80}

        """

    static let accelerator = """
        accelerator: x1
        says: A made-up accelerator.
        idle-power: {value: 50 W, mark: typical, source: made up}
        rated-power: {value: 500 W, mark: typical, source: made up}
        minimum-limit: {value: 100 W, mark: typical, source: made up}
        lag: {value: 50 ms, mark: typical, source: made up}
        brake-power: {value: 80 W, mark: typical, source: made up}
        throttle-temperature: {value: 87 degC, mark: typical, source: made up}
        shutdown-temperature: {value: 95 degC, mark: typical, source: made up}
        throughput: {value: [[0 %, 0 %], [50 %, 80 %], [100 %, 100 %]], mark: derived, source: made up}

        """

    static let scenario = """
        # Shows nothing but that it loads.
        rack: small
        duration: 2 min
        parameters:
          demand: {default: 90 %, range: [0 %, 100 %], says: mean load}
        workload: {inference: {trace: bursty, demand: $demand}}
        controller: {law: three-band, period: 100 ms, budget: 6 kW}
        events:
          - {at: 1 min, fail: shelf-1/psu-3}
          - {at: 30 s, for: 20 s, bus: line, unit: 17, fault: no-reply, chance: 30 %}
        expect:
          - never: feed-a/breaker.tripped
          - always: rack.power <= rack.budget
            except: {after: any-event, for: 500 ms}
          - {at: 1 min, within: 2 s, holds: rack.power <= 5.5 kW, for: 10 s}

        """
}

extension String {
    /// The text with its one occurrence of `old` replaced; a test whose place has moved fails loudly.
    func changing(_ old: String, to new: String) -> String {
        precondition(components(separatedBy: old).count == 2, "expected \"\(old)\" once")
        return replacingOccurrences(of: old, with: new)
    }
}
