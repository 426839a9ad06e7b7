import Foundation
import FoundationXML
import Testing

@Suite struct ExplainTests {
    @Test func `a scenario is drawn in the terminal and as pictures`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("explain", "small.yaml", "--svg", "pictures/all.svg", "--out", "drawn")
        #expect(call.status == 0, "\(call.error)")
        #expect(call.firstLine == "small   2 s")
        for part in ["Rack small", "Buses", "Budgets", "Work", "Controller", "Time", "Parameters"] {
            #expect(call.outputLines.contains { $0.hasPrefix(part) }, "\(part)")
        }
        #expect(try place.text("drawn/explain.txt") == call.output)
        for file in ["pictures/all.svg", "drawn/rack.svg", "drawn/budgets.svg", "drawn/time.svg"] {
            #expect(XMLParser(data: try place.data(file)).parse(), "\(file)")
        }
    }

    @Test func `values in force are drawn, and mistakes are told as everywhere`() throws {
        let place = try Workplace()
        try place.write(Texts.scenario(), as: "small.yaml")
        let call = try place.busbar("explain", "small.yaml", "--set", "events.1.at=1.5s")
        #expect(call.status == 0 && call.output.contains("1.5 s"))
        let wrong = try place.busbar("explain", "small.yaml", "--set", "lode=10%")
        #expect(wrong.status == 65 && wrong.output.isEmpty)
        #expect(wrong.error.contains("did you mean \"load\"?"))
        #expect(try place.busbar("explain", "none.yaml").status == 74)
    }
}
