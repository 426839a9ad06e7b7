import BillFiles
import Delivery
import Foundation
import ScenarioFiles
import Testing
import YAMLReading

@Suite struct BillReaderTests {
    @Test func `devices are counted from the rack, components from what they go into`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let (read, problems) = project.read(BillProject.bill)
        #expect(problems == [])
        let bill = try #require(read)
        #expect(bill.parts.map(\.name) == ["pm", "chip", "bmc", "psu", "cable"])
        #expect(bill.parts.map(\.countPerRack) == [2, 4, 2, 3, 4])
        #expect(bill.parts.map(\.isComponent) == [false, true, false, false, false])
        #expect(bill.parts[0].assembly?.days == 21)
        #expect(bill.parts[0].secondSources == 0..<1)
        #expect(bill.parts[1].secondSources == 1..<2)
    }

    @Test func `an order and a source are read as they are written`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let bill = try #require(project.read(BillProject.bill).0)
        #expect(bill.order.racks == 3 && bill.order.bringUpDays == 2 && bill.order.places == 1)
        #expect(bill.order.placed.map { "\($0)" } == "2026-03-02")
        #expect(bill.order.neededDays == 120)
        let maker = bill.parts[1].sources[0]
        #expect(maker.leadTime == .triangular(earliest: 70, typical: 84, latest: 210))
        #expect(maker.stock == 5 && maker.minimumOrder == 20 && maker.item == "chip")
        #expect(maker.lots == PartSource.Lots(size: 10, every: 14))
        #expect(
            bill.parts[1].sources[1].qualification == .open(takes: .triangular(earliest: 28, typical: 42, latest: 63)))
        #expect(bill.parts[0].sources[0].item == "pm-b" && bill.parts[0].sources[0].isQualified)
    }

    @Test func `a second source may be a spec of one's own beside the bill`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let spec = """
            device: power-monitor
            model: my-pm
            identity: {vendor: Own, product: My PM, revision: "1.0"}
            serial: {baud: 115200, parity: even, turnaround: 2 ms, units: [16-47]}
            points:
              - {name: power, at: 0x00, type: u16, scale: 1 W, signal: power}

            """
        try project.write(spec, to: "my-pm.yaml")
        let text = BillProject.bill.replacing("spec: pm-b", with: "spec: ./my-pm.yaml")
        let (rack, _) = RackFile.load(path: project.files.path(ofRack: "small"), files: project.files)
        let (bill, problems) = BillFile.read(
            text, file: "\(project.root)/b.yaml", rack: rack, files: project.files)
        #expect(problems == [])
        #expect(bill?.parts[0].sources[0].item == "my-pm")
        try project.write(spec.replacing("signal: power}", with: "signal: powr}"), to: "my-pm.yaml")
        let (_, mistakes) = BillFile.read(text, file: "\(project.root)/b.yaml", rack: rack, files: project.files)
        #expect(mistakes.map(\.line) == [6] && mistakes.first?.file.hasSuffix("my-pm.yaml") == true)
    }

    @Test func `a bill is checked as far as it goes when the rack has mistakes of its own`() throws {
        let project = try BillProject()
        defer { project.remove() }
        let text = BillProject.bill.replacingOccurrences(of: "stock: 5", with: "stock: some")
        let (bill, problems) = BillFile.read(text, file: "b.yaml", rack: nil, files: project.files)
        #expect(bill == nil)
        #expect(problems.map(\.line) == [14])
    }

    /// The bills that ship, against the racks that they name.
    @Test(arguments: ["air-cooled-64", "nvl72"])
    func `a bill that ships has no mistake`(name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let files = ProjectFiles(root: root)
        let (rack, mistakes) = RackFile.load(path: files.path(ofRack: name), files: files)
        #expect(mistakes == [])
        let (bill, problems) = BillFile.load(path: "\(root)/Bills/\(name).yaml", rack: rack, files: files)
        #expect(problems == [])
        #expect(bill?.rack == name)
    }
}
