public import Scenario

/// A scenario drawn as pictures, each a whole SVG file.
public struct ScenarioPictures {
    /// The rack with its feeds and buses.
    public let rack: String
    /// What may flow where.
    public let budgets: String
    /// What happens when, and when it is judged.
    public let time: String
    /// All three below one another.
    public let all: String

    public init(_ scenario: ScenarioDefinition) {
        let parts = [RackPicture.draw(scenario), BudgetPicture.draw(scenario), TimePicture.draw(scenario)]
        rack = parts[0].document(title: "\(scenario.name): rack \(scenario.rack.name)")
        budgets = parts[1].document(title: "\(scenario.name): budgets")
        time = parts[2].document(title: "\(scenario.name): time")
        all = Picture.stacked(parts).document(title: "\(scenario.name): \(scenario.says)")
    }
}
