public import Scenario

/// A scenario drawn as pictures, each a whole SVG file.
public struct ScenarioPictures {
    /// The rack with its feeds and buses.
    public let rack: String
    /// What may flow where.
    public let budgets: String
    /// What happens when, and when it is judged.
    public let time: String
    /// All three below one another, and the variants.
    public let all: String

    public init(_ scenario: ScenarioDefinition) {
        let head = HeadPicture.draw(scenario)
        let parts = [RackPicture.draw(scenario), BudgetPicture.draw(scenario), TimePicture.draw(scenario)]
        let legends: [[LegendPicture.Entry]] = [
            LegendPicture.ofRack(scenario), [.budget], LegendPicture.ofTime(scenario),
        ]
        let whole = zip(parts, legends).map { Picture.stacked([head, LegendPicture.draw($1), $0]) }
        rack = whole[0].document(title: "\(scenario.name): rack \(scenario.rack.name)")
        budgets = whole[1].document(title: "\(scenario.name): budgets")
        time = whole[2].document(title: "\(scenario.name): time")
        let variants = VariantPicture.draw(scenario).map { [$0] } ?? []
        all = Picture.stacked([head, LegendPicture.draw(legends.flatMap { $0 })] + parts + variants)
            .document(title: "\(scenario.name): \(scenario.says)")
    }
}
