import Foundation
import RunRecords
import Testing

@testable import Reports

@Suite struct ComparisonPageTests {
    private static let laws = [
        "none", "three-band", "static", "proportional", "water-filling", "trip-curve", "predictive", "ramp", "smooth",
    ]

    private func page(_ laws: [String] = Self.laws) -> String {
        let figures = LawComparison.columns.map { Figure(name: $0.figure, value: 31_453, unit: "W/s") }
        let runs = laws.map { law in
            var result = SampleRun().result()
            result.figures = figures
            return LawComparison.Run(law: law, result: result)
        }
        let comparison = LawComparison(scenario: "first-light", says: "It loses a supply.", seed: 1, runs: runs)
        return ComparisonPage.html(for: [comparison], command: "busbar compare --law all", version: "0.1.0")
    }

    @Test func `no two of nine laws have lines alike`() {
        #expect(Set(LineStyle.palette).count == Self.laws.count)
        #expect(Set(LineStyle.palette.map(\.hue)).count == Self.laws.count)
        // Hues that many readers take for each other.
        for (one, other) in [
            (LineStyle.Hue.blue, LineStyle.Hue.purple), (.vermilion, .green), (.sky, .grey), (.wine, .ink),
        ] {
            let dashes = [one, other].map { hue in LineStyle.palette.first { $0.hue == hue }?.dash }
            #expect(dashes[0] != dashes[1], "\(one) and \(other)")
        }
    }

    @Test func `each law is named at the end of its line, and its line stands in both tables`() {
        let page = page()
        for (law, style) in zip(Self.laws, LineStyle.palette) {
            // Work lost, and the hottest breaker.
            let name = "<span class=\"name h-\(style.hue.rawValue)\""
            #expect(page.components(separatedBy: name).count - 1 == 2, "\(law)")
            #expect(page.components(separatedBy: "\(style.swatch.markup)<b>\(law)</b>").count - 1 == 2, "\(law)")
        }
    }

    @Test func `every figure stands in one of the tables, none of which is wider than a page`() {
        let page = page()
        let tables = page.components(separatedBy: "<table class=\"figures\">").dropFirst()
        #expect(tables.count == 2)
        for column in LawComparison.columns {
            #expect(tables.count { $0.contains("<th class=\"number\">\(column.figure)</th>") } == 1, "\(column.figure)")
        }
        for table in tables { #expect(table.components(separatedBy: "<th class=\"number\">").count - 1 <= 9) }
        #expect(page.contains("31.5\u{A0}kW/s"))
    }
}
