import Scenario
import Units

/// What stands above every picture of a scenario: its name and its rack's, and what it shows.
enum HeadPicture {
    /// Pixels; about as wide as the narrowest rack's picture. Arbitrary.
    private static let textWidth = 760.0

    static func draw(_ scenario: ScenarioDefinition) -> Picture {
        let name = "\(scenario.name) on rack \(scenario.rack.name)"
        let facts = [scenario.group?.title, AmountText.time(scenario.duration)].compactMap { $0 }.joined(
            separator: ", ")
        let says = Picture.wrapped(scenario.says, width: textWidth)
        var picture = Picture(width: 48 + textWidth, height: 62 + Picture.lineHeight * Double(says.count))
        picture.write(name, 24, 34, .head)
        picture.write(facts, 24, 54, .muted)
        for (index, line) in says.enumerated() {
            picture.write(line, 24, 74 + Picture.lineHeight * Double(index))
        }
        return picture
    }
}
