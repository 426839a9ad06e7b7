import BillFiles
import Delivery
import DeviceSpecs
import Foundation
import RegisterMaps
import ScenarioFiles
import Units
import YAMLReading

/// A project folder of the test's own, with a rack of two trays and device types of its own.
struct BillProject {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "busbar-\(UUID().uuidString)"
        for folder in ["Racks", "Accelerators", "Firmware-specs"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        try write(Self.rack, to: "Racks/small.yaml")
        for model in ["pm", "pm-b", "pm-slow", "bmc", "psu"] { try write("", to: "Firmware-specs/\(model).yaml") }
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    func write(_ text: String, to path: String) throws {
        try text.write(toFile: "\(root)/\(path)", atomically: true, encoding: .utf8)
    }

    var files: ProjectFiles {
        ProjectFiles(root: root, loadSpecification: { (Self.specification($0), []) }, builtInTrace: { _ in nil })
    }

    /// What a bill is read as, against the rack.
    func read(_ bill: String) -> (BillOfParts?, [Problem]) {
        let (rack, problems) = RackFile.load(path: files.path(ofRack: "small"), files: files)
        let (read, mistakes) = BillFile.read(bill, file: "b.yaml", rack: rack, files: files)
        return (read, problems + mistakes)
    }

    private static func specification(_ model: String) -> DeviceSpecification? {
        let types: [(model: String, class: DeviceClass, baud: Int, units: ClosedRange<UInt8>)] = [
            ("pm", .powerMonitor, 115_200, 16...47), ("pm-b", .powerMonitor, 115_200, 10...99),
            ("pm-slow", .powerMonitor, 9600, 16...47), ("pm-far", .powerMonitor, 115_200, 100...120),
            ("bmc", .baseboardController, 115_200, 48...79), ("psu", .powerSupply, 115_200, 192...247),
        ]
        guard let type = types.first(where: { $0.model == model }) else { return nil }
        return DeviceSpecification(
            model: model, deviceClass: type.class, says: "",
            identity: DeviceIdentity(vendor: "Busbar", product: model, revision: "1"),
            serial: SerialSettings(baud: type.baud, parity: .even, turnaround: .milliseconds(2), units: [type.units]),
            points: [], probe: nil)
    }

    /// Two trays with a power monitor and a BMC each, three supplies.
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
            cooling: liquid
            host: {idle: 200 W, maximum: 500 W}
            floor: 400 W
            monitor: {spec: pm, bus: line, first-unit: 16}
            bmc: {spec: bmc, bus: net, first-unit: 48}

        """

    /// A bill without a mistake.
    static let bill = """
        # A small order.
        bill: small-order
        rack: small
        order: {racks: 3, placed: 2026-03-02, needed: 2026-06-30, bring-up: 2 d, places: 1}
        parts:
          - part: pm
            assembly: {takes: 3 w, from: {chip: 2}}
            sources:
              - {supplier: Other, spec: pm-b, lead-time: {quoted: 20 w, mark: invented, source: a test}, qualified: true}
          - part: chip
            sources:
              - supplier: Maker
                lead-time: {earliest: 10 w, typical: 12 w, latest: 30 w, mark: typical, source: a test}
                stock: 5
                minimum-order: 20
                lots: {size: 10, every: 2 w}
              - supplier: Second
                item: chip-b
                lead-time: {quoted: 30 d, mark: invented, source: a test}
                qualification: {earliest: 4 w, typical: 6 w, latest: 9 w, mark: invented, source: a test}
          - part: bmc
            sources: [{supplier: Boards, lead-time: {quoted: 60 d, mark: invented, source: a test}}]
          - part: psu
            sources: [{supplier: Power, lead-time: {quoted: 70 d, mark: invented, source: a test}}]
          - part: cable
            per-rack: 4
            sources: [{supplier: Wire, lead-time: {quoted: 7 d, mark: invented, source: a test}}]

        """
}
