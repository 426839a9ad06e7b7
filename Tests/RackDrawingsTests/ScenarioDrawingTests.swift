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
        // One more in the legend.
        #expect(dots == places + scenario.rack.plant.shelves.count + 1)
    }

    @Test(arguments: ["first-light", "nvl72", "cloudmatrix-feed"])
    func `every picture names scenario and rack, and fits a window that is narrower`(name: String) throws {
        let scenario = try scenario(name)
        let pictures = ScenarioPictures(scenario)
        for picture in [pictures.rack, pictures.budgets, pictures.time, pictures.all] {
            #expect(picture.contains(">\(name) on rack \(scenario.rack.name)</text>"))
            #expect(picture.contains("style=\"max-width:100%;height:auto\""))
        }
    }

    @Test func `a legend tells the colours that a picture has, and no others`() throws {
        let plain = ScenarioPictures(try scenario("first-light"))
        for words in ["power shelf or tether", "tray", "rack controller", "bus with the units' numbers"] {
            #expect(plain.rack.contains(">\(words)</text>"), "\(words)")
        }
        for words in ["power that may flow", "event, as long as it lasts", "when an expectation is judged"] {
            #expect(plain.all.contains(">\(words)</text>") && !plain.rack.contains(">\(words)</text>"), "\(words)")
        }
        #expect(!plain.all.contains(">backup shelf</text>"))
        #expect(ScenarioPictures(try scenario("nvl72-smoothed")).rack.contains(">backup shelf</text>"))
    }

    @Test func `the whole picture tells the variants, what they set and how they end`() throws {
        let scenario = try scenario("first-light")
        let picture = ScenarioPictures(scenario).all
        let words = picture.components(separatedBy: "</text>").compactMap { $0.components(separatedBy: ">").last }
        let text = words.joined(separator: " ")
        for variant in scenario.variants {
            #expect(words.contains(variant.name))
            #expect(text.contains(variant.says))
        }
        #expect(text.contains("controller.law=none: fails never feed-a/breaker.tripped"))
    }

    @Test func `no line of text is wider than the picture that holds it`() throws {
        for name in ["first-light", "nvl72", "cloudmatrix-feed", "ab-feeds", "staged-bring-up"] {
            let picture = ScenarioPictures(try scenario(name)).all
            let width = try #require(
                picture.components(separatedBy: "viewBox=\"0 0 ").dropFirst().first?.prefix { $0 != " " })
            let limit = try #require(Double(width))
            for element in picture.components(separatedBy: "<text ").dropFirst() {
                let x = try #require(element.components(separatedBy: " x=\"").dropFirst().first?.prefix { $0 != "\"" })
                let words = try #require(
                    element.components(separatedBy: "</text>").first?.components(separatedBy: ">").last)
                // A generous width of a letter of 13 px.
                #expect(try #require(Double(x)) + Double(words.count) * 7 <= limit, "\(name): \(words)")
            }
        }
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
