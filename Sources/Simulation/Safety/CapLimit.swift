internal import Plant
internal import Scenario
internal import Units

/// What a rack's caps may add up to: by its supplies and breakers, and under a law that spends the time of limits by what
/// these bear until caps are down.
struct CapLimit {
    /// From a supply's loss to lower caps, beside the time-out after which silent devices fall back. Arbitrary.
    private static let reaction = Interval.seconds(3)

    private let sources: SourcePromise
    private let isSupplied: Bool
    /// Seconds after which an overload has ended even where nobody can write; `nil` where limits hold at every instant.
    private let reaction: Double?
    /// Above the operator's budget.
    private let overdraft: Power

    init(_ scenario: ScenarioDefinition) {
        let (rack, controller) = (scenario.rack, scenario.controller)
        sources = SourcePromise(rack.plant, controller.redundancy)
        isSupplied = rack.devices.contains { if case .supply = $0.attachment { true } else { false } }
        let spendsTime = controller.law == .tripCurve
        // Where silent devices do not fall back, nothing ends an overload that nobody can command away.
        let ends = spendsTime && controller.deviceWatchdog > .zero
        reaction = ends ? Double((controller.deviceWatchdog + Self.reaction).milliseconds) / 1000 : nil
        overdraft = spendsTime ? controller.overdraft.map { max(.zero, $0.to - controller.budget) } ?? .zero : .zero
    }

    /// For ever, after the failure that the redundancy promises to survive. `working`: supplies by shelf.
    func lasting(working: [Int]) -> Power {
        isSupplied ? sources.allowed(working: working) : Power(rawValue: .max / 4)
    }

    /// As far as the law may count on it.
    func spendable(working: [Int]) -> Power {
        guard isSupplied, let reaction else { return lasting(working: working) }
        return sources.bearable(working: working, for: reaction)
    }

    /// The same within what the operator allows.
    func spendable(working: [Int], operatorBudget: Power) -> Power {
        min(operatorBudget + overdraft, spendable(working: working))
    }
}
