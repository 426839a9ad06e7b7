import Plant
import YAMLReading

/// An accelerator type as its file states it. A power that nobody has published is absent, and the rack that uses the type
/// must state its own.
public struct AcceleratorType: Sendable {
    enum Amount: Sendable {
        case watts(Double)
        /// Of the rated power, 0...1.
        case shareOfRated(Double)
    }

    /// The powers that may be absent, by their keys in the type's file and in the rack's.
    static let powers = ["rated-power", "idle-power", "minimum-limit", "brake-power"]

    /// Without its powers.
    private var model: AcceleratorModel
    /// In the order of `powers`; `nil` = not published.
    private var amounts: [Amount?]

    init(model: AcceleratorModel, amounts: [Amount?]) {
        self.model = model
        self.amounts = amounts
    }

    public var name: String { model.name }

    /// The powers, by their keys, that a rack must state.
    public var unpublished: [String] {
        Self.powers.indices.filter { amounts[$0] == nil }.map { Self.powers[$0] }
    }

    /// The model with the rack's own powers in the place of the type's, as its
    /// `{model: h20, count: 8, rated-power: 380 W}` states them. What is still missing is a mistake of `place`, where the
    /// type is named; `nil` then.
    func model(in mapping: YAMLMapping, named place: YAMLValue) -> AcceleratorModel? {
        var stated = amounts
        var changed: YAMLValue?
        for (index, key) in Self.powers.enumerated() {
            guard let own = mapping.optional(key) else { continue }
            // Its own mistake, once.
            guard let watts = own.watts(in: 1...20_000) else { return nil }
            stated[index] = .watts(watts)
            changed = own
        }
        let missing = Self.powers.indices.filter { stated[$0] == nil }.map { Self.powers[$0] }
        guard missing.isEmpty else {
            let words = missing.map { "\"\($0)\"" }.joined(separator: ", ")
            place.problem(
                "nothing is published about \(words) of \"\(name)\"; state your own beside the model, "
                    + "such as \(missing[0]): 500 W")
            return nil
        }
        let result = model(with: stated)
        if let changed, let order = Self.wrongOrder(of: result) { changed.problem(order) }
        return result
    }

    /// What is wrong with the order of the values that the type has; `nil` when nothing is.
    var wrongOrder: String? {
        // A rack's rated power decides what a share of it is, and whether a power is below it.
        guard amounts.allSatisfy({ $0 != nil }) else { return nil }
        return Self.wrongOrder(of: model(with: amounts))
    }

    private func model(with amounts: [Amount?]) -> AcceleratorModel {
        var result = model
        let rated = Self.watts(amounts[0], rated: 0)
        result.ratedPower = rated
        result.idlePower = Self.watts(amounts[1], rated: rated)
        result.minimumLimit = Self.watts(amounts[2], rated: rated)
        result.brakePower = Self.watts(amounts[3], rated: rated)
        return result
    }

    private static func watts(_ amount: Amount?, rated: Double) -> Double {
        switch amount {
        case .watts(let watts): watts
        case .shareOfRated(let share): share * rated
        case nil: 0
        }
    }

    private static func wrongOrder(of model: AcceleratorModel) -> String? {
        func watts(_ value: Double) -> String { "\(YAMLValue.text(value)) W" }
        if !(model.idlePower < model.minimumLimit && model.minimumLimit <= model.ratedPower) {
            return "expected idle-power < minimum-limit <= rated-power, found \(watts(model.idlePower)), "
                + "\(watts(model.minimumLimit)) and \(watts(model.ratedPower))"
        }
        if !(model.idlePower <= model.brakePower && model.brakePower < model.ratedPower) {
            return "expected idle-power <= brake-power < rated-power, found \(watts(model.idlePower)), "
                + "\(watts(model.brakePower)) and \(watts(model.ratedPower))"
        }
        if model.throttleTemperature >= model.shutdownTemperature {
            return "expected throttle-temperature < shutdown-temperature, found another order"
        }
        return nil
    }
}
