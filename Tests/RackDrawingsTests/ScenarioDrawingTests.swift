import Foundation
import FoundationXML
import Plant
import RackDrawings
import Scenario
import ScenarioFiles
import Testing
import Units

/// Shipped scenarios as drawn: what a reader must find there.
@Suite struct ScenarioDrawingTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func scenario(_ name: String) throws -> ScenarioDefinition {
        let (loaded, problems) = ScenarioFile.load(
            path: "\(Self.package)/Scenarios/\(name).yaml", files: ProjectFiles(root: Self.package))
        #expect(problems == [])
        return try #require(loaded)
    }

    @Test func `every place of the rack has its line with the units of every bus`() throws {
        let text = ScenarioText(try scenario("first-light")).text
        let lines = text.split(separator: "\n").map(String.init)
        let shelf = try #require(lines.first { $0.hasPrefix("  | shelf-1 ") })
        #expect(shelf.contains("6 x 5.5 kW = 33 kW, feed-a") && shelf.hasSuffix("208-213"))
        let tray = try #require(lines.first { $0.hasPrefix("  | tray-3 ") })
        #expect(tray.contains("8 x h20 400 W, air") && tray.contains("18 82") && tray.hasSuffix(" 50"))
        #expect(lines.contains { $0.hasPrefix("  | controller ") && $0.hasSuffix(" 1") })
        #expect(lines.filter { $0.hasPrefix("  | tray-") }.count == 8)
    }

    @Test func `buses, budgets, events, expectations and variants are all there`() throws {
        let scenario = try scenario("first-light")
        let text = ScenarioText(scenario).text
        #expect(text.contains("trays       RTU, 115200 baud, even parity  power monitor busbar-pm-1: 16-23"))
        #expect(text.contains("28.46 kW  breaker of 40 A at 415 V; 27.47 kW of DC"))
        #expect(text.contains("the operator's budget; supplies carry 33 kW, N+1 leaves 27.5 kW"))
        #expect(text.contains("tray-1 ... tray-8"))
        for event in scenario.events { #expect(text.contains(event.text)) }
        for expectation in scenario.expectations { #expect(text.contains(expectation.title)) }
        for look in scenario.look { #expect(text.contains(look)) }
        #expect(text.contains("controller.law=none: fails never feed-a/breaker.tripped"))
    }

    @Test func `an event's bar begins at its share of the axis`() throws {
        let text = ScenarioText(try scenario("first-light")).text
        // 2 min of 5 min are 24 of 60 characters.
        let line = try #require(text.split(separator: "\n").first { $0.contains("fail shelf-1/psu-3") })
        #expect(line.hasPrefix("  " + String(repeating: " ", count: 24) + "#" + String(repeating: "=", count: 36)))
    }

    @Test(arguments: ["first-light", "nvl72", "cloudmatrix-feed", "slow-links"])
    func `the pictures are well-formed and hold every place`(name: String) throws {
        let scenario = try scenario(name)
        let pictures = ScenarioPictures(scenario)
        for picture in [pictures.rack, pictures.budgets, pictures.time, pictures.all] {
            #expect(XMLParser(data: Data(picture.utf8)).parse())
        }
        for slot in ElevationSlot.slots(of: scenario.rack) { #expect(pictures.rack.contains(">\(slot.name)</text>")) }
        for bus in scenario.rack.buses { #expect(pictures.rack.contains(">\(bus.name)</text>")) }
        // A dot for every feed of a shelf, and for every place on every bus.
        let dots = pictures.rack.components(separatedBy: "<circle ").count - 1
        let places = ElevationSlot.slots(of: scenario.rack).reduce(0) { sum, slot in
            sum + scenario.rack.buses.indices.count { !slot.unitText(bus: $0).isEmpty }
        }
        #expect(dots == places + scenario.rack.plant.shelves.count)
    }

    @Test func `a name with the signs of markup stays a name`() throws {
        var scenario = try scenario("first-light")
        scenario.rack.plant.trays[0].name = "<&\">"
        #expect(XMLParser(data: Data(ScenarioPictures(scenario).all.utf8)).parse())
    }

    @Test func `trays that differ have budget rows of their own`() throws {
        var scenario = try scenario("first-light")
        scenario.controller.trays[7].priority = 3
        let rows = BudgetRow.rows(of: scenario).map(\.name)
        #expect(rows == ["feed-a", "shelf-1", "rack", "tray-1 ... tray-7", "tray-8"])
    }
}
