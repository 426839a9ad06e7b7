import Foundation
import Testing

@Suite struct BringUpTests {
    static func bill(_ name: String) -> String { "\(Workplace.packageRoot)/Bills/\(name).yaml" }

    @Test func `a bill without a wanted day prints its tables and leaves a page and a document`() throws {
        let place = try Workplace()
        let call = try place.busbar(
            "bringup", "nvl72", "--bom", Self.bill("nvl72"), "--samples", "200", "--out", "forecast")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.firstLine == "nvl72   4 racks of nvl72, ordered 2026-03-02   200 futures   seed 1")
        #expect(call.output.contains("\n  rack                 P10 "))
        #expect(call.output.contains("busbar-pm-1 of Juniper Boards"))
        #expect(call.outputLines.last == "report forecast/bringup.html")
        let page = try place.text("forecast/bringup.html")
        #expect(page.hasSuffix("</html>\n") && page.contains("time since the order, d"))
        #expect(page.components(separatedBy: "<figure").count - 1 == 2)
        // In the legend, on the curve, and in the table of who is bought from.
        #expect(page.components(separatedBy: ">A</b>").count - 1 == 3)
        #expect(try place.text("forecast/bringup.json").contains("\"format\" : \"busbar-delivery-1\""))
    }

    @Test func `an order that misses its wanted day ends with 1, one that makes it with 0`() throws {
        let place = try Workplace()
        let inTime = try place.busbar(
            "bringup", "air-cooled-64", "--bom", Self.bill("air-cooled-64"), "--samples", "200")
        #expect(inTime.status == 0)
        #expect(inTime.output.contains("held    wanted by 2026-12-18 (291 d): 12 of 12 racks at P90"))
        let text = try String(contentsOfFile: Self.bill("air-cooled-64"), encoding: .utf8)
        try place.write(text.replacing("needed: 2026-12-18", with: "needed: 200 d"), as: "hasty.yaml")
        let late = try place.busbar("bringup", "air-cooled-64", "--bom", "hasty.yaml", "--samples", "200")
        #expect(late.status == 1)
        #expect(late.output.contains("FAILED  wanted by 2026-09-18 (200 d)"))
    }

    @Test func `the document repeats with its seed, and every way of buying is in it`() throws {
        let place = try Workplace()
        func document(_ more: String...) throws -> [String: Any] {
            let process = try place.prepared(
                ["bringup", "air-cooled-64", "--bom", Self.bill("air-cooled-64"), "--samples", "300", "--json"] + more)
            try process.run()
            let call = try place.outcome(of: process)
            return try #require(try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any])
        }
        let first = try document("--seed", "3")
        let again = try document("--seed", "3")
        #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: again))
        let ways = try #require(first["ways"] as? [[String: Any]])
        #expect(ways.count == 5)
        #expect(ways.filter { $0["isAsItStands"] as? Bool == true }.count == 1)
        let racks = try #require(ways[0]["racks"] as? [[String: Any]])
        #expect(racks.count == 12)
        #expect(try document("--racks", "2")["order"] as? [String: Any] != nil)
        let two = try #require((try document("--racks", "2")["ways"] as? [[String: Any]])?.first)
        #expect((two["racks"] as? [[String: Any]])?.count == 2)
    }

    @Test func `mistakes of the rack and of the bill are told in one pass, and nothing is written`() throws {
        let place = try Workplace()
        let rack = try String(contentsOfFile: "\(Workplace.packageRoot)/Racks/air-cooled-64.yaml", encoding: .utf8)
        try place.write(rack.replacing("inlet: 25 degC", with: "inlet: 25 W"), as: "rack.yaml")
        let text = try String(contentsOfFile: Self.bill("air-cooled-64"), encoding: .utf8)
        try place.write(text.replacing("racks: 12", with: "racks: none"), as: "bill.yaml")
        let call = try place.busbar("bringup", "./rack.yaml", "--bom", "bill.yaml")
        #expect(call.status == 65)
        #expect(call.error.contains("rack.yaml:3:8: ") && call.error.contains("bill.yaml:5:16: "))
        #expect(call.errorLines.contains("2 mistakes; nothing was written"))
        #expect(!place.exists("runs"))
    }

    @Test func `a bill that cannot be read is 74, wrong usage is 64`() throws {
        let place = try Workplace()
        #expect(try place.busbar("bringup", "nvl72", "--bom", "none.yaml").status == 74)
        #expect(try place.busbar("bringup", "nvl72").status == 64)
        #expect(try place.busbar("bringup", "nvl72", "--bom", "none.yaml", "--samples", "0").status == 64)
    }
}
